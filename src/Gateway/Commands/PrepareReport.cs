using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Commands;

/// <summary>What <c>prepare</c> left.</summary>
/// <param name="Folder">Where the clips are.</param>
/// <param name="People">Who are seen.</param>
/// <param name="Clips">Clips of this command, old and new.</param>
/// <param name="Made">Made now.</param>
/// <param name="Kept">Made by an earlier run.</param>
/// <param name="Frames">Pictures.</param>
/// <param name="Seconds">Length.</param>
/// <param name="SyncR">Correlation of loudness with lip opening, median over the clips.</param>
/// <param name="InSync">Clips whose mouth and sound fit best within one picture of each other.</param>
/// <param name="Refused">Videos of which no clip was made, each with the reason.</param>
internal sealed record PrepareReport(
    string Folder, int People, int Clips, int Made, int Kept, long Frames, double Seconds, double SyncR, int InSync,
    IReadOnlyList<string> Refused);

/// <summary>JSON of the report: camelCase names, which are a contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PrepareReport))]
internal sealed partial class PrepareJson : JsonSerializerContext;
