using System.Text.Json;
using Avatar2D.Gateway.Learning;

namespace Avatar2D.Gateway.Tests.Learning;

public sealed class PersonalizeReportTests
{
    [Fact]
    public void Figures_OfAReportOfTheTrainingSide_AreThoseOfBothModels()
    {
        const string Report = """
            {"person": "ana", "seconds": 1680.7, "steps": 2103, "keptAtStep": 1800, "voiceKeptAtStep": 0,
             "before": {"error": 0.05446, "r": 0.93771, "voice_r": null, "sharp": 0.77163, "voice_slope": null},
             "after": {"error": 0.03621, "r": 0.94568, "voice_r": null, "sharp": 0.82116, "voice_slope": 0.69576}, "model": "run/model"}
            """;
        PersonalizeReport read = JsonSerializer.Deserialize(Report, PersonalizeJson.Default.PersonalizeReport)!; // Not null.
        Assert.Equal((1800, 0, "run/model"), (read.KeptAtStep, read.VoiceKeptAtStep, read.Model));
        Assert.Equal(
            "Held-out seconds, robust -> personal: picture error 0.0545 -> 0.0362, mouth r 0.9377 -> 0.9457, voice r - -> -, "
            + "its slope - -> 0.6958, sharpness 0.7716 -> 0.8212 of real.",
            read.Figures);
    }
}
