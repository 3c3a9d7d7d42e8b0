using System.Text;
using Avatar2D.Codecs.Video;
using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Gateway.Marking;

/// <summary>
/// The mark of generated pictures for machines: SEI user_data_unregistered (ITU-T H.264 §D.1.7, H.265 §D.2.7), a UUID of our own
/// and a text. It stands before the first slice of a key frame, where decoders pass over what they do not know. Any thread.
/// </summary>
internal sealed class SeiMark
{
    private const byte UserDataUnregistered = 5;
    private const byte H264Sei = 6;
    private const byte H265PrefixSei = 39;
    private const byte StopBit = 0x80;

    private const int StartCodeBytes = 4;

    private readonly VideoCodec _codec;
    private readonly byte[] _unit; // With its start code.

    private SeiMark(VideoCodec codec)
    {
        _codec = codec;
        byte[] payload = [.. Uuid.ToByteArray(bigEndian: true), .. Encoding.ASCII.GetBytes(Text)];
        var unit = new List<byte> { 0, 0, 0, 1 };
        unit.AddRange(codec == VideoCodec.H264 ? [H264Sei] : [H265PrefixSei << 1, 1]); // nal_ref_idc 0; layer 0, temporal id 0.
        unit.AddRange([UserDataUnregistered, (byte)payload.Length]); // Shorter than 255: one byte says how long.
        unit.AddRange(payload); // No two zero bytes stand in it, so nothing has to be escaped.
        unit.Add(StopBit);
        _unit = [.. unit];
    }

    /// <summary>Says whose mark it is.</summary>
    public static Guid Uuid { get; } = new("6f1c7b52-9a3e-4d08-8b57-a2d0c41e9f63");

    /// <summary>What it says, in the words of the IPTC's NewsCodes.</summary>
    public const string Text = "avatar2d;digitalsourcetype=trainedAlgorithmicMedia";

    /// <summary>The mark for H.264.</summary>
    public static SeiMark H264 { get; } = new(VideoCodec.H264);

    /// <summary>The mark for H.265.</summary>
    public static SeiMark H265 { get; } = new(VideoCodec.H265);

    /// <summary>Bytes that it adds to an access unit.</summary>
    public int Bytes => _unit.Length;

    /// <summary>Copies an access unit with the mark before its first slice. Allocates nothing.</summary>
    /// <param name="accessUnit">Annex B.</param>
    /// <param name="target">At least <see cref="Bytes"/> longer.</param>
    /// <returns>Length of the copy.</returns>
    public int Insert(ReadOnlySpan<byte> accessUnit, Span<byte> target)
    {
        int at = FirstSlice(accessUnit);
        accessUnit[..at].CopyTo(target);
        _unit.CopyTo(target[at..]);
        accessUnit[at..].CopyTo(target[(at + _unit.Length)..]);
        return accessUnit.Length + _unit.Length;
    }

    /// <summary>True when an Annex B stream carries the mark.</summary>
    public bool IsIn(ReadOnlySpan<byte> stream) => stream.IndexOf(_unit.AsSpan(StartCodeBytes)) >= 0;

    /// <summary>Place of the start code before the first slice.</summary>
    private int FirstSlice(ReadOnlySpan<byte> accessUnit)
    {
        AnnexBReader reader = new(accessUnit);
        while (reader.TryReadNext(out int offset, out _))
        {
            if (!IsSlice(accessUnit[offset]))
                continue;
            int start = offset - 3;
            return start > 0 && accessUnit[start - 1] == 0 ? start - 1 : start;
        }

        return 0;
    }

    private bool IsSlice(byte header) => _codec == VideoCodec.H264 ? H264Nal.IsSlice(H264Nal.TypeOf(header)) : H265Nal.IsSlice(H265Nal.TypeOf(header));
}
