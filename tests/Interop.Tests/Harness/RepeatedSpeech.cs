using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>What phones of third parties say: the installation's speech again and again, as they hang up or fall silent when a recording ends.</summary>
internal static class RepeatedSpeech
{
    private const double Seconds = 300; // Longer than any test.

    /// <summary>One time of the speech.</summary>
    public static string Once { get; } = Asset("assets/speech.wav");

    /// <summary>Other sentences of the same voice.</summary>
    public static string Other { get; } = Asset("assets/other-speech.wav");

    /// <summary>Writes the recording.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="rateHz">As the phone's microphone would sample it: a phone that has to make less of it may cut away half of the voice.</param>
    public static string Write(TempFolder folder, int rateHz)
    {
        PcmClip speech = WavFile.Read(Once).At(rateHz);
        int times = (int)(Seconds / speech.Duration.TotalSeconds) + 1;
        short[] samples = [.. Enumerable.Repeat(speech.Samples.ToArray(), times).SelectMany(part => part)];
        WavFile.Write(folder.File("speech.wav"), speech.SampleRateHz, samples);
        return folder.File("speech.wav");
    }

    private static string Asset(string path) =>
        InstallationFiles.Find(path) ?? throw new InvalidOperationException($"{path} is missing.");
}
