using System.Text.Json.Serialization;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Commands;

/// <summary>What the demo call was, and whether it was as it should be.</summary>
/// <param name="Call">What the phone saw and heard.</param>
/// <param name="SoundCorrelation">Heard against spoken, 1 is the same.</param>
/// <param name="SoundDelayMs">How much later it was heard in the recording, the phone's own lead included.</param>
/// <param name="Mouth">What the mouth said; null when nothing could read it.</param>
/// <param name="Sync">Delay and skew of the test signal; null when nothing could read them.</param>
/// <param name="SyncPicture">Wave form and mouth opening as a picture; null without.</param>
/// <param name="Checks">Each with its figure.</param>
internal sealed record DemoReport(
    CallReport Call, double? SoundCorrelation, double? SoundDelayMs, MouthFigures? Mouth, SyncFigures? Sync, string? SyncPicture,
    IReadOnlyList<DemoCheck> Checks)
{
    /// <summary>All checks that decide held.</summary>
    [JsonPropertyOrder(-1)]
    public bool Passed => Checks.All(check => check.Passed || !check.Decides);
}
