namespace Avatar2D.Rtp.Payloads;

/// <summary>Duration of AMR payloads.</summary>
public sealed class AmrDepacketizer(AmrPayload format) : IAudioDepacketizer
{
    /// <inheritdoc/>
    public bool TryGetDuration(ReadOnlySpan<byte> payload, out int durationTicks)
    {
        bool taken = format.TryParse(payload, out int frames, out _);
        durationTicks = taken ? frames * format.FrameTicks : 0;
        return taken;
    }
}
