using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>The pictures that we would like to send, best first.</summary>
public sealed record VideoPreference
{
    /// <summary>Square 512 at 25 for all that can, a 384 square, and the handset size of Android IMS video.</summary>
    public static VideoPreference Default { get; } = For(new(512, 512, 25, 600_000));

    /// <summary>Wishes, best first; at least one.</summary>
    public required ImmutableArray<VideoFormat> Wishes { get; init; }

    /// <summary>A wish is taken at a lower frame rate, but not below this; 15 is the handset default.</summary>
    public double MinimumFrameRate { get; init; } = 15;

    /// <summary>A wish is taken with fewer bits than it names, but not below this share of them.</summary>
    public double MinimumBitrateShare { get; init; } = 0.4;

    /// <summary>The wish of the configuration, followed by the smaller stock sizes for receivers that cannot take it.</summary>
    public static VideoPreference For(VideoFormat wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        VideoFormat[] stock = [new(512, 512, 25, 600_000), new(384, 384, 25, 400_000), new(240, 320, 15, 300_000)];
        long size = (long)wish.Width * wish.Height;
        return new() { Wishes = [wish, .. stock.Where(format => (long)format.Width * format.Height < size)] };
    }
}
