using System.Text.Json.Serialization;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Commands;

/// <summary>What the demo call was, and whether it was as it should be.</summary>
/// <param name="Call">What the phone saw and heard.</param>
/// <param name="SoundCorrelation">Heard against spoken, 1 is the same.</param>
/// <param name="SoundDelayMs">How much later it was heard in the recording, the phone's own lead included.</param>
/// <param name="Checks">Each with its figure.</param>
internal sealed record DemoReport(CallReport Call, double? SoundCorrelation, double? SoundDelayMs, IReadOnlyList<DemoCheck> Checks)
{
    /// <summary>All checks held.</summary>
    [JsonPropertyOrder(-1)]
    public bool Passed => Checks.All(check => check.Passed);
}

/// <summary>One check of the demo.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Found">The figure.</param>
/// <param name="Wanted">The bound.</param>
/// <param name="Passed">It holds.</param>
internal sealed record DemoCheck(string Name, string Found, string Wanted, bool Passed);
