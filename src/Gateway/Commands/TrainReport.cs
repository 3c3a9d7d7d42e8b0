using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Commands;

/// <summary>What <c>train</c> made.</summary>
/// <param name="Config">Size.</param>
/// <param name="Steps">In all, earlier runs of the same folder included.</param>
/// <param name="Faces">Samples seen.</param>
/// <param name="Seconds">Of this run.</param>
/// <param name="People">Learnt from.</param>
/// <param name="HeldOut">Clips that were measured and not learnt from.</param>
/// <param name="Before">Measures of the model at the very start.</param>
/// <param name="After">Measures of the exported model.</param>
/// <param name="Model">Folder of the model.</param>
internal sealed record TrainReport(
    string Config, int Steps, long Faces, double Seconds, int People, int HeldOut, LearningMeasures Before, LearningMeasures After, string Model);

/// <summary>What a model does on held-out clips; null where there is no sound.</summary>
/// <param name="Error">Weighted mean absolute error of the picture, 0 ... 1.</param>
/// <param name="MouthR">Correlation of the opening with the driver's, frames of one clip and voice of another.</param>
/// <param name="MouthSlope">Range of motion against the real one.</param>
/// <param name="CodeR">Correlation of the audio encoder's opening with the real one.</param>
internal sealed record LearningMeasures(
    [property: JsonPropertyName("error")] double Error,
    [property: JsonPropertyName("mouth_r")] double MouthR,
    [property: JsonPropertyName("mouth_slope")] double MouthSlope,
    [property: JsonPropertyName("code_r")] double CodeR);

/// <summary>JSON of the report, as the Python side writes it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TrainReport))]
internal sealed partial class TrainJson : JsonSerializerContext;
