using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>What one call may do; settled from the settings and the caller before the INVITE is answered, and kept to its end.</summary>
internal sealed record CallPlan
{
    /// <summary>Codecs and their order.</summary>
    public required SdpCapabilities Capabilities { get; init; }

    /// <summary>Our audio socket.</summary>
    public required LocalMedia Audio { get; init; }

    /// <summary>Our video socket; null for a call that gets no picture.</summary>
    public LocalMedia? Video { get; init; }

    /// <summary>The caller asked to hear what there is before the answer (P-Early-Media, RFC 5009): it gets 183 with our answer.</summary>
    public bool EarlyMedia { get; init; }

    /// <summary>How long the call rings before it is answered; zero answers at once.</summary>
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>ACK to the re-INVITE that adds the picture, its random part included.</summary>
    public TimeSpan AddPictureDelay { get; init; }

    /// <summary>After a refusal the picture is asked for again when this has passed; null never.</summary>
    public TimeSpan? RetryAfterRefusal { get; init; }

    /// <summary>Bound on INVITE to ACK.</summary>
    public required TimeSpan SetupTimeout { get; init; }

    /// <summary>Bound on the whole call; null for none.</summary>
    public TimeSpan? MaxDuration { get; init; }
}
