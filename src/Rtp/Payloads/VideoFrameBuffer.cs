namespace Avatar2D.Rtp.Payloads;

/// <summary>Bytes and flags of one picture in the making; grows to the largest seen, up to a limit.</summary>
internal sealed class VideoFrameBuffer
{
    private const int InitialBytes = 32 * 1024;

    private readonly int _maximumBytes;
    private byte[] _bytes = new byte[InitialBytes];

    /// <summary>Makes an empty buffer.</summary>
    public VideoFrameBuffer(int maximumBytes) => _maximumBytes = maximumBytes;

    /// <summary>Bytes written.</summary>
    public int Length { get; set; }

    /// <summary>RTP timestamp.</summary>
    public uint Timestamp { get; set; }

    /// <summary>Holds a slice that decoding can start with.</summary>
    public bool IsKeyFrame { get; set; }

    /// <summary>Something is missing.</summary>
    public bool IsDamaged { get; set; }

    /// <summary>Something was lost before.</summary>
    public bool FollowsLoss { get; set; }

    /// <summary>Empties the buffer for a new picture.</summary>
    public void Restart(uint timestamp)
    {
        Length = 0;
        Timestamp = timestamp;
        IsKeyFrame = false;
        IsDamaged = false;
        FollowsLoss = false;
    }

    /// <summary>Appends bytes; false, and nothing appended, beyond the limit.</summary>
    public bool TryAppend(ReadOnlySpan<byte> bytes)
    {
        int needed = Length + bytes.Length;
        if (needed > _maximumBytes)
            return false;
        if (needed > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(_maximumBytes, Math.Max(needed, 2L * _bytes.Length)));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length = needed;
        return true;
    }

    /// <summary>The picture as others see it.</summary>
    public VideoFrameView View() => new()
    {
        Data = _bytes.AsSpan(0, Length),
        Timestamp = Timestamp,
        IsKeyFrame = IsKeyFrame,
        IsDamaged = IsDamaged,
        FollowsLoss = FollowsLoss,
    };
}
