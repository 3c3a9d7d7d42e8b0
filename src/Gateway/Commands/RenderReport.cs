using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Commands;

/// <summary>What <c>render</c> made. The JSON names are a contract.</summary>
/// <param name="Output">The film.</param>
/// <param name="Avatar">Who speaks.</param>
/// <param name="Model">The face model.</param>
/// <param name="Driver">What moved the mouth: audio, text or video.</param>
/// <param name="Size">Pixels, "512x512".</param>
/// <param name="FramesPerSecond">Pictures a second.</param>
/// <param name="Codec">Coding of the pictures.</param>
/// <param name="Frames">Pictures.</param>
/// <param name="Seconds">Length of the film.</param>
/// <param name="WorkSeconds">Time that rendering and coding took, loading left out.</param>
/// <param name="CoreSeconds">Time that processor cores were busy with it.</param>
/// <param name="TimesRealTimePerCore">Seconds of film in a second of one core.</param>
/// <param name="PeakMemoryMegabytes">Largest resident memory of the process.</param>
internal sealed record RenderReport(
    string Output, string Avatar, string Model, string Driver, string Size, int FramesPerSecond, string Codec, int Frames, double Seconds,
    double WorkSeconds, double CoreSeconds, double TimesRealTimePerCore, double PeakMemoryMegabytes);

/// <summary>JSON of the report: camelCase names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RenderReport))]
internal sealed partial class RenderJson : JsonSerializerContext;
