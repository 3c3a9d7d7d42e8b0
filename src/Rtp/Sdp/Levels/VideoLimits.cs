using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>What a receiver takes: its level, its extra parameters, its bandwidth and its picture sizes in one value.</summary>
public sealed record VideoLimits
{
    /// <summary>Pictures are counted in blocks of this side: 16 luma samples (H.264 macroblock), 64 (H.265, the level tables' own rounding).</summary>
    public required int BlockSide { get; init; }

    /// <summary>Most luma samples in a picture, counted in whole blocks.</summary>
    public required long MaxPictureLumaSamples { get; init; }

    /// <summary>Most luma samples a second, counted in whole blocks.</summary>
    public required long MaxLumaSamplesPerSecond { get; init; }

    /// <summary>Most media bits per second, without RTP, UDP and IP headers.</summary>
    public required int MaxBitrateBps { get; init; }

    /// <summary>a=framerate or max-fps; null where open.</summary>
    public double? MaxFrameRate { get; init; }

    /// <summary>Picture sizes that the receiver asked for (imageattr), best first; empty where any will do.</summary>
    public ImmutableArray<ImageSet> Sizes { get; init; } = [];

    /// <summary>Longest side in luma samples: the square root of eight times the picture (both standards' rule).</summary>
    public int MaxSide => (int)Math.Sqrt(MaxPictureLumaSamples * 8.0);

    /// <summary>Limits of an H.264 receiver. An unknown level counts as 1.2, which every handset has.</summary>
    public static VideoLimits ForH264(H264Parameters parameters, H264Level? sendLevel = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        H264Level level = sendLevel ?? parameters.EffectiveProfileLevelId.Level ?? H264Level.FromName("1.2")!;
        long macroblock = 16 * 16;
        return new()
        {
            BlockSide = 16,
            MaxPictureLumaSamples = Math.Max(level.MaxFrameMacroblocks, parameters.MaxFrameMacroblocks ?? 0) * macroblock,
            MaxLumaSamplesPerSecond = Math.Max(level.MaxMacroblocksPerSecond, parameters.MaxMacroblocksPerSecond ?? 0) * macroblock,
            MaxBitrateBps = Bits(Math.Max(level.MaxBitrateKbps, parameters.MaxBitrateKbps ?? 0)),
        };
    }

    /// <summary>Limits of an H.265 receiver.</summary>
    public static VideoLimits ForH265(H265Parameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        H265Level level = H265Level.FromIdc(Math.Max(parameters.LevelId, parameters.MaxReceiveLevelId ?? 0));
        int kbps = parameters.HighTier ? level.HighTierKbps : level.MainTierKbps;
        return new()
        {
            BlockSide = 64,
            MaxPictureLumaSamples = Math.Max(level.MaxPictureLumaSamples, parameters.MaxLumaSamplesPerPicture ?? 0),
            MaxLumaSamplesPerSecond = Math.Max(level.MaxLumaSamplesPerSecond, parameters.MaxLumaSamplesPerSecond ?? 0),
            MaxBitrateBps = Bits(Math.Max(kbps, parameters.MaxBitrateKbps ?? 0)),
            MaxFrameRate = parameters.MaxFrameRateHundredths is int hundredths and > 0 ? hundredths / 100.0 : null,
        };
    }

    /// <summary>The highest frame rate for a picture size; 0 when the picture itself is too large.</summary>
    public double MaxFrameRateFor(int width, int height)
    {
        long samples = (long)RoundUp(width) * RoundUp(height);
        if (width <= 0 || height <= 0 || samples > MaxPictureLumaSamples || Math.Max(width, height) > MaxSide)
        {
            return 0;
        }

        double rate = (double)MaxLumaSamplesPerSecond / samples;
        return Math.Min(rate, MaxFrameRate ?? rate);
    }

    /// <summary>True when a picture size at a frame rate stays within.</summary>
    public bool Fits(int width, int height, double frameRate) => MaxFrameRateFor(width, height) >= frameRate;

    /// <summary>True when the receiver's imageattr, if any, names the size.</summary>
    public bool Wants(int width, int height) =>
        Sizes.IsEmpty || Sizes.Any(set => set.Width.Contains(width) && set.Height.Contains(height));

    private static int Bits(int kbps) => (int)Math.Min(kbps * 1000L, int.MaxValue);

    private int RoundUp(int side) => (side + BlockSide - 1) / BlockSide * BlockSide;
}
