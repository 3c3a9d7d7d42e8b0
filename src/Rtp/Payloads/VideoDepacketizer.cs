using Avatar2D.Rtp.Packets;

namespace Avatar2D.Rtp.Payloads;

/// <summary>
/// Puts pictures together from packets in order: a picture ends with the marker or when the timestamp changes. What is missing
/// is seen from the sequence numbers; a loss between two pictures damages the later one unless its first slice proves to be the
/// first of the picture. One thread. Allocates only while pictures grow larger than any before.
/// </summary>
public abstract class VideoDepacketizer
{
    private const int BufferCount = 4; // one in the making, up to three ready: one push can finish two

    private static ReadOnlySpan<byte> StartCode => [0, 0, 0, 1];

    private readonly VideoFrameBuffer[] _buffers = new VideoFrameBuffer[BufferCount];
    private int _current;
    private int _readyFirst;
    private int _readyCount;
    private bool _started;
    private bool _open;
    private bool _startUnproven; // packets before this picture were lost or never seen; its first slice has not come yet
    private bool _lossPending; // lost packets that no picture has reported yet
    private bool _fragmentOpen;
    private int _nalStart;
    private ushort _lastSequence;
    private uint _ssrc;

    private protected VideoDepacketizer(int maxFrameBytes)
    {
        for (int i = 0; i < BufferCount; i++)
            _buffers[i] = new VideoFrameBuffer(maxFrameBytes);
    }

    /// <summary>Pictures that came together, damaged ones with them.</summary>
    public long Frames { get; private set; }

    /// <summary>Pictures with parts missing.</summary>
    public long DamagedFrames { get; private set; }

    /// <summary>Pictures that nobody took before the room was needed.</summary>
    public long DroppedFrames { get; private set; }

    /// <summary>Takes the next packet. A new SSRC starts afresh.</summary>
    public DepacketizeResult Push(in RtpPacketView packet)
    {
        if (_started && packet.Ssrc != _ssrc)
            Reset();
        _ssrc = packet.Ssrc;
        return Push(packet.Payload, packet.SequenceNumber, packet.Timestamp, packet.Marker);
    }

    /// <summary>The oldest finished picture; false when none is ready. Valid until the next packet is pushed.</summary>
    public bool TryTake(out VideoFrameView frame)
    {
        frame = default;
        if (_readyCount == 0)
            return false;
        frame = _buffers[_readyFirst].View();
        _readyFirst = (_readyFirst + 1) % BufferCount;
        _readyCount--;
        return true;
    }

    /// <summary>Forgets the picture in the making and all that are ready.</summary>
    public void Reset()
    {
        _started = false;
        _open = false;
        _fragmentOpen = false;
        _lossPending = false;
        _readyFirst = _current;
        _readyCount = 0;
    }

    internal DepacketizeResult Push(ReadOnlySpan<byte> payload, ushort sequence, uint timestamp, bool marker)
    {
        int step = _started ? SerialNumber.Distance(_lastSequence, sequence) : 1;
        if (step <= 0)
            return DepacketizeResult.Late;
        bool gap = step > 1;
        bool unproven = gap || !_started; // the first packet that we see may come from the middle of a picture
        _started = true;
        _lastSequence = sequence;
        if (_open && timestamp != _buffers[_current].Timestamp)
        {
            // No marker came. If packets are missing, its end may be among them.
            _buffers[_current].IsDamaged |= gap;
            Finish();
        }

        if (!_open)
            Open(timestamp, unproven);
        else if (gap)
            Damage();
        if (gap)
            _lossPending = true;

        DepacketizeResult result = Append(payload);
        if (result != DepacketizeResult.Accepted)
            Damage();
        if (marker)
            Finish();
        return result;
    }

    /// <summary>Reads one payload and calls the methods below for what is in it.</summary>
    private protected abstract DepacketizeResult Append(ReadOnlySpan<byte> payload);

    /// <summary>What a NAL unit means to the picture: its header byte, and the first byte after the header (0 when absent).</summary>
    private protected abstract void Classify(byte header, byte firstBodyByte, out bool isKey, out bool isSlice, out bool beginsPicture);

    /// <summary>Takes a whole NAL unit.</summary>
    private protected void AppendNal(ReadOnlySpan<byte> nal, int headerBytes)
    {
        CloseBrokenFragment();
        Note(nal[0], nal.Length > headerBytes ? nal[headerBytes] : (byte)0);
        int start = _buffers[_current].Length;
        if (!_buffers[_current].TryAppend(StartCode) || !_buffers[_current].TryAppend(nal))
        {
            _buffers[_current].Length = start;
            Damage();
        }
    }

    /// <summary>Begins a fragmented NAL unit with its rebuilt header and its first piece.</summary>
    private protected void BeginFragment(ReadOnlySpan<byte> header, ReadOnlySpan<byte> piece)
    {
        CloseBrokenFragment();
        Note(header[0], piece.IsEmpty ? (byte)0 : piece[0]);
        _nalStart = _buffers[_current].Length;
        _fragmentOpen = true;
        if (!_buffers[_current].TryAppend(StartCode) || !_buffers[_current].TryAppend(header))
            Damage();
        else
            ContinueFragment(piece, last: false);
    }

    /// <summary>Goes on with a fragmented unit; false when its beginning is missing.</summary>
    private protected bool ContinueFragment(ReadOnlySpan<byte> piece, bool last)
    {
        if (!_fragmentOpen)
            return false;
        if (!_buffers[_current].TryAppend(piece))
        {
            Damage();
            return true;
        }

        if (last)
            _fragmentOpen = false;
        return true;
    }

    /// <summary>Marks the picture and takes back the piece of a unit that cannot be completed.</summary>
    private protected void Damage()
    {
        _buffers[_current].IsDamaged = true;
        if (!_fragmentOpen)
            return;
        _buffers[_current].Length = _nalStart;
        _fragmentOpen = false;
    }

    private void CloseBrokenFragment()
    {
        if (_fragmentOpen)
            Damage();
    }

    private void Note(byte header, byte firstBodyByte)
    {
        Classify(header, firstBodyByte, out bool isKey, out bool isSlice, out bool beginsPicture);
        VideoFrameBuffer current = _buffers[_current];
        current.IsKeyFrame |= isKey;
        if (_startUnproven && isSlice)
        {
            _startUnproven = false;
            current.IsDamaged |= !beginsPicture;
        }
    }

    private void Open(uint timestamp, bool unproven)
    {
        _open = true;
        _startUnproven = unproven;
        _buffers[_current].Restart(timestamp);
    }

    private void Finish()
    {
        CloseBrokenFragment();
        _open = false;
        VideoFrameBuffer frame = _buffers[_current];
        if (frame.Length == 0)
        {
            _lossPending |= frame.IsDamaged;
            return;
        }

        frame.IsDamaged |= _startUnproven;
        frame.FollowsLoss = _lossPending;
        _lossPending = frame.IsDamaged;
        Frames++;
        if (frame.IsDamaged)
            DamagedFrames++;
        if (_readyCount == BufferCount - 1)
        {
            _readyFirst = (_readyFirst + 1) % BufferCount;
            _readyCount--;
            DroppedFrames++;
            _lossPending = true;
        }

        if (_readyCount == 0)
            _readyFirst = _current;
        _readyCount++;
        _current = (_current + 1) % BufferCount;
    }
}
