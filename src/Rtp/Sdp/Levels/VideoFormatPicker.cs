namespace Avatar2D.Rtp.Sdp;

/// <summary>Chooses picture size, frame rate and bit rate for a receiver.</summary>
public static class VideoFormatPicker
{
    private const int SmallestSide = 64;
    private const int MinimumBitrateBps = 32_000;

    /// <summary>
    /// The first wish that the receiver decodes and wants; else the largest size it asked for; else the last wish made
    /// smaller until it fits. The frame rate is a whole number where it had to be lowered. Always gives a format.
    /// </summary>
    public static VideoFormat Pick(VideoLimits limits, VideoPreference preference)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(preference);
        foreach (VideoFormat wish in preference.Wishes)
        {
            // Too few bits for a large picture: a smaller one looks better. The smallest wish takes what there is.
            bool enough = limits.MaxBitrateBps >= wish.BitrateBps * preference.MinimumBitrateShare || wish == preference.Wishes[^1];
            if (enough && limits.Wants(wish.Width, wish.Height) && Take(limits, wish, preference.MinimumFrameRate) is VideoFormat taken)
            {
                return taken;
            }
        }

        return AskedFor(limits, preference) ?? Shrink(limits, preference.Wishes[^1]);
    }

    /// <summary>The best size of imageattr, no larger than the best wish.</summary>
    private static VideoFormat? AskedFor(VideoLimits limits, VideoPreference preference)
    {
        VideoFormat best = preference.Wishes[0];
        int longest = Math.Max(best.Width, best.Height);
        VideoFormat? found = null;
        foreach (ImageSet set in limits.Sizes)
        {
            if (set.Width.LargestUpTo(longest) is int width && set.Height.LargestUpTo(longest) is int height
                && Take(limits, Scaled(best, width, height), 1) is VideoFormat taken
                && (found is null || (long)taken.Width * taken.Height > (long)found.Width * found.Height))
            {
                found = taken;
            }
        }

        return found;
    }

    private static VideoFormat Shrink(VideoLimits limits, VideoFormat wish)
    {
        for (int tenths = 10; tenths > 0; tenths--)
        {
            int width = Side(wish.Width, tenths);
            int height = Side(wish.Height, tenths);
            if (Take(limits, Scaled(wish, width, height), Math.Min(10, wish.FrameRate)) is VideoFormat taken)
            {
                return taken;
            }
        }

        double rate = Math.Max(1, Math.Floor(Math.Min(wish.FrameRate, limits.MaxFrameRateFor(SmallestSide, SmallestSide))));
        return new(SmallestSide, SmallestSide, rate, Math.Min(MinimumBitrateBps, limits.MaxBitrateBps));
    }

    private static VideoFormat? Take(VideoLimits limits, VideoFormat wish, double minimumRate)
    {
        double ceiling = limits.MaxFrameRateFor(wish.Width, wish.Height);
        double rate = ceiling >= wish.FrameRate ? wish.FrameRate : Math.Floor(ceiling);

        // A receiver that itself asks for few frames (a=framerate:10) gets them; only the level must not starve us.
        double floor = Math.Min(Math.Min(minimumRate, wish.FrameRate), Math.Floor(limits.MaxFrameRate ?? minimumRate));
        return rate < Math.Max(1, floor) ? null : wish with { FrameRate = rate, BitrateBps = Math.Min(wish.BitrateBps, limits.MaxBitrateBps) };
    }

    private static VideoFormat Scaled(VideoFormat like, int width, int height)
    {
        double share = (double)width * height / ((double)like.Width * like.Height);
        int bits = (int)Math.Max(MinimumBitrateBps, like.BitrateBps * Math.Min(1, Math.Sqrt(share)));
        return new(width, height, like.FrameRate, bits);
    }

    /// <summary>A side made smaller, a multiple of 16 so that no macroblock is cropped.</summary>
    private static int Side(int side, int tenths) => Math.Max(SmallestSide, side * tenths / 10 / 16 * 16);
}
