using Avatar2D.Codecs.LibAv;

namespace Avatar2D.Codecs.Files;

/// <summary>Decodes one stream of a file, frame by frame; the other streams are skipped.</summary>
internal sealed class MediaStream : IDisposable
{
    /// <summary>A file with so many undecodable packets is given up.</summary>
    private const int MaxBadPackets = 250;

    private readonly string _path;
    private readonly AvInputHandle _input;
    private readonly AvCodecContextHandle _decoder;
    private readonly AvPacketHandle _packet = AvPacketHandle.Allocate();
    private bool _draining;

    private MediaStream(string path, AvInputHandle input, int index, AvCodecContextHandle decoder)
    {
        _path = path;
        _input = input;
        _decoder = decoder;
        Index = index;
    }

    public int Index { get; }

    public AvStreamView Stream => _input.Stream(Index);

    public AvInputHandle Input => _input;

    /// <summary>The frame last read.</summary>
    public AvFrameHandle Frame { get; } = AvFrameHandle.Allocate();

    /// <summary>Packets that could not be decoded.</summary>
    public int BadPackets { get; private set; }

    /// <summary>When the frame is shown or heard; null when the file does not say.</summary>
    public TimeSpan? Time
    {
        get
        {
            long stamp = Frame.BestEffortTimestamp;
            if (stamp == LibAvRuntime.NoTime)
                return null;
            AvRational unit = Stream.TimeBase;
            return TimeSpan.FromTicks((long)Math.Round((decimal)stamp * unit.Numerator * TimeSpan.TicksPerSecond / Math.Max(1, unit.Denominator)));
        }
    }

    /// <summary>Opens the best stream of a type; null when the file has none.</summary>
    /// <exception cref="CodecException">The file cannot be read, or its coding not decoded.</exception>
    public static MediaStream? Open(string path, int type)
    {
        AvInputHandle input = AvInputHandle.Open(path);
        try
        {
            int index = AvFormatNative.FindBestStream(input, type, -1, -1, out _, 0);
            if (index < 0)
            {
                input.Dispose();
                return null;
            }

            AvCodecContextHandle decoder = CodecContext.OpenDecoder(input.Stream(index), static options => options.Set("threads", 1));
            return new MediaStream(path, input, index, decoder);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next frame into <see cref="Frame"/>.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="CodecException">The file cannot be read on.</exception>
    public bool TryRead()
    {
        while (true)
        {
            int status = AvCodecNative.ReceiveFrame(_decoder, Frame);
            if (status >= 0)
                return true;
            if (status == LibAvStatus.EndOfFile || (_draining && status == LibAvStatus.Again))
                return false;
            if (status != LibAvStatus.Again && ++BadPackets > MaxBadPackets)
                throw LibAvStatus.Error(status, $"Decoding {_path}");
            if (!_draining)
                Feed();
        }
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _packet.Dispose();
        Frame.Dispose();
        _input.Dispose();
    }

    private void Feed()
    {
        int status = AvFormatNative.ReadPacket(_input, _packet);
        if (status == LibAvStatus.EndOfFile)
        {
            _draining = true;
            _ = AvCodecNative.SendNoPacket(_decoder, IntPtr.Zero);
            return;
        }

        LibAvStatus.Check(status, $"Reading {_path}");
        if (_packet.StreamIndex == Index && AvCodecNative.SendPacket(_decoder, _packet) < 0)
            BadPackets++;
        AvCodecNative.PacketUnref(_packet);
    }
}
