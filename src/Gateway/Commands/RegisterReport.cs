using System.Text.Json;
using System.Text.Json.Serialization;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Registration;

namespace Avatar2D.Gateway.Commands;

/// <summary>What <c>register</c> did.</summary>
/// <param name="Name">Of the avatar.</param>
/// <param name="Made">False when the source was refused.</param>
/// <param name="Folder">Of the package; null when there is none.</param>
/// <param name="Kind">photo or video.</param>
/// <param name="LoopSeconds">Length of the loop.</param>
/// <param name="Join">How the loop closes.</param>
/// <param name="Bytes">Of the package.</param>
/// <param name="Findings">What is less than good, gravest first.</param>
internal sealed record RegisterReport(
    string Name, bool Made, string? Folder, AvatarKind Kind, double LoopSeconds, LoopJoin? Join, long Bytes, IReadOnlyList<SourceFinding> Findings);

/// <summary>What <c>avatars list</c> and <c>avatars show</c> tell of an avatar.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it was made of.</param>
/// <param name="IsGallery">It is drawn by the program and cannot be deleted.</param>
/// <param name="Size">Of its pictures; null when it has not been drawn yet.</param>
/// <param name="LoopSeconds">Length of the loop.</param>
/// <param name="Join">How the loop closes.</param>
/// <param name="Model">Of its own; null for the default model.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Bytes">At rest.</param>
/// <param name="Advice">What is less than good about its source.</param>
/// <param name="Damage">Why it cannot be used; null when it can.</param>
internal sealed record AvatarReport(
    string Name, AvatarKind? Kind, bool IsGallery, string? Size, double LoopSeconds, LoopJoin? Join, string? Model, DateTimeOffset? Created,
    long Bytes, IReadOnlyList<string> Advice, string? Damage);

/// <summary>JSON of the reports: camelCase names, which are a contract.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(Camel<AvatarKind>), typeof(Camel<LoopJoin>), typeof(Camel<SourceVerdict>)])]
[JsonSerializable(typeof(RegisterReport))]
[JsonSerializable(typeof(AvatarReport))]
[JsonSerializable(typeof(IReadOnlyList<AvatarReport>))]
internal sealed partial class AvatarReportJson : JsonSerializerContext
{
    /// <summary>Names in camelCase.</summary>
    internal sealed class Camel<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
        where T : struct, Enum;
}
