namespace Avatar2D.Codecs.Video;

/// <summary>One encoded picture; valid until the next call of its encoder.</summary>
public readonly ref struct EncodedVideo
{
    /// <summary>Creates it.</summary>
    public EncodedVideo(ReadOnlySpan<byte> accessUnit, bool isKeyFrame, long pts)
    {
        AccessUnit = accessUnit;
        IsKeyFrame = isKeyFrame;
        Pts = pts;
    }

    /// <summary>NAL units with start codes (Annex B); empty when the encoder skipped the picture.</summary>
    public ReadOnlySpan<byte> AccessUnit { get; }

    /// <summary>True for an IDR picture, which carries its parameter sets.</summary>
    public bool IsKeyFrame { get; }

    /// <summary>The number given to Encode.</summary>
    public long Pts { get; }
}
