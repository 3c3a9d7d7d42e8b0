using Avatar2D.Gateway.Measuring;

namespace Avatar2D.Gateway.Commands;

/// <summary>What a load was like for the phones, and for the process that bore it. The JSON names are a contract.</summary>
internal sealed record LoadReport
{
    /// <summary>Calls placed.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that got no answer, heard nothing, or were ended by somebody else than their phone.</summary>
    public required int Failed { get; init; }

    /// <summary>Most calls at one time.</summary>
    public required int Peak { get; init; }

    /// <summary>Seconds of all calls together.</summary>
    public required double CallSeconds { get; init; }

    /// <summary>Voice packets that the phones heard.</summary>
    public required long AudioPackets { get; init; }

    /// <summary>Whole pictures that the phones got.</summary>
    public required long Pictures { get; init; }

    /// <summary>Median of the calls' lost voice packets, percent.</summary>
    public double? AudioLossPercentP50 { get; init; }

    /// <summary>How calls ended, by the tag of the call detail records: how many.</summary>
    public required IReadOnlyDictionary<string, int> Endings { get; init; }

    /// <summary>Core time of the watched process for one second of one call, milliseconds.</summary>
    public double? CoreMsPerCallSecond { get; init; }

    /// <summary>The watched process, from before the first call to after the last.</summary>
    public IReadOnlyList<ProcessSample> Process { get; init; } = [];
}
