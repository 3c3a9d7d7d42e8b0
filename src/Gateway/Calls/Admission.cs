using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Calls;

/// <summary>What a new call gets.</summary>
internal enum Admission
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>The voice; one more picture would be too much.</summary>
    VoiceOnly,

    /// <summary>503 with Retry-After.</summary>
    Refused,
}

/// <summary>Admission by measured budget. Pure.</summary>
internal static class AdmissionPolicy
{
    /// <summary>Fewer pictures than 2 s of one call tell nothing.</summary>
    internal const int EnoughFrames = 50;

    /// <summary>Decides about a new call.</summary>
    public static Admission Decide(CallOptions options, int calls, MediaLoad load)
    {
        if (calls >= options.MaxCalls || IsAbove(load.Cores, options.MaxCoresPercent))
            return Admission.Refused;
        return load.Frames >= EnoughFrames && IsAbove(load.Late, options.MaxLateFramesPercent) ? Admission.VoiceOnly : Admission.Full;
    }

    private static bool IsAbove(double share, int percent) => percent > 0 && share * 100 > percent;
}
