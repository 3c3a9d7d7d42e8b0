namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// Walks through the NAL units of an Annex B byte stream (H.264 and H.265 Annex B): start codes 00 00 01 or 00 00 00 01,
/// zero bytes behind a unit are not part of it. Nothing is copied.
/// </summary>
public ref struct AnnexBReader
{
    private readonly ReadOnlySpan<byte> _stream;
    private int _next; // first byte after the start code of the next unit; the stream's length at the end

    /// <summary>Starts at the first start code; bytes ahead of it are passed over.</summary>
    public AnnexBReader(ReadOnlySpan<byte> stream)
    {
        _stream = stream;
        _next = AfterStartCode(0);
    }

    /// <summary>The next unit, without start code; empty units are passed over. False after the last.</summary>
    public bool TryReadNext(out ReadOnlySpan<byte> nal)
    {
        bool found = TryReadNext(out int offset, out int length);
        nal = _stream.Slice(offset, length);
        return found;
    }

    /// <summary>As the other overload, as a place in the stream.</summary>
    public bool TryReadNext(out int offset, out int length)
    {
        while (_next < _stream.Length)
        {
            offset = _next;
            _next = AfterStartCode(offset);
            int end = EndsWithStartCode(_next, offset) ? _next - 3 : _stream.Length;
            while (end > offset && _stream[end - 1] == 0)
                end--;
            length = end - offset;
            if (length > 0)
                return true;
        }

        offset = 0;
        length = 0;
        return false;
    }

    private readonly int AfterStartCode(int from)
    {
        int at = _stream[from..].IndexOf([(byte)0, (byte)0, (byte)1]);
        return at < 0 ? _stream.Length : from + at + 3;
    }

    // Tells a stream that ends right behind a start code from one that ends with the unit.
    private readonly bool EndsWithStartCode(int end, int from) =>
        end < _stream.Length || (end - from >= 3 && _stream[end - 1] == 1 && _stream[end - 2] == 0 && _stream[end - 3] == 0);
}
