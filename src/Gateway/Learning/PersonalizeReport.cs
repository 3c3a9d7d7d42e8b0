using System.Globalization;
using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Learning;

/// <summary>What the training side's <c>personalize</c> made.</summary>
/// <param name="Person">Who.</param>
/// <param name="Seconds">Of the run.</param>
/// <param name="Steps">Taken.</param>
/// <param name="KeptAtStep">The step whose face was kept; 0: none was better than the robust model's.</param>
/// <param name="VoiceKeptAtStep">The step whose audio encoder was kept; 0: the robust model's.</param>
/// <param name="Before">The robust model on the held-out seconds.</param>
/// <param name="After">The kept model on them.</param>
/// <param name="Model">Folder of the model; null: none was kept.</param>
internal sealed record PersonalizeReport(
    string Person, double Seconds, int Steps, int KeptAtStep, int VoiceKeptAtStep, PersonalMeasures Before, PersonalMeasures After, string? Model)
{
    /// <summary>Both models' figures, for people.</summary>
    [JsonIgnore]
    public string Figures
    {
        get
        {
            string Both(Func<PersonalMeasures, double?> figure) => $"{Text(figure(Before))} -> {Text(figure(After))}";
            return $"Held-out seconds, robust -> personal: picture error {Both(m => m.Error)}, mouth r {Both(m => m.R)}, voice r {Both(m => m.VoiceR)}, "
                + $"its slope {Both(m => m.VoiceSlope)}, sharpness {Both(m => m.Sharp)} of real.";
        }
    }

    private static string Text(double? figure) => figure?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";
}

/// <summary>What a model does on held-out seconds of one person.</summary>
/// <param name="Error">Weighted mean absolute error of the picture, 0 ... 1.</param>
/// <param name="R">Correlation of the opening with that of other seconds that drive it.</param>
/// <param name="VoiceR">Correlation of the audio encoder's opening with the real one; null without sound.</param>
/// <param name="VoiceSlope">How far it opens where the real one opens by 1; null without sound.</param>
/// <param name="Sharp">Sharpness of the mouth against real pictures.</param>
internal sealed record PersonalMeasures(
    [property: JsonPropertyName("error")] double Error,
    [property: JsonPropertyName("r")] double R,
    [property: JsonPropertyName("voice_r")] double? VoiceR,
    [property: JsonPropertyName("voice_slope")] double? VoiceSlope,
    [property: JsonPropertyName("sharp")] double Sharp);

/// <summary>JSON of the report, as the Python side writes it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PersonalizeReport))]
internal sealed partial class PersonalizeJson : JsonSerializerContext;
