using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Tests.Inference;

namespace Avatar2D.AvatarEngine.Tests.Driving;

/// <summary>What is no speech leaves the mouth closed, through the driver itself: music after two seconds, noise and tones sooner.</summary>
public sealed class MusicDetectorTests : IDisposable
{
    private const int Hz = 8000;
    private static readonly TensorSpec[] Mel = [new("mel", [1, 80, 16])];
    private static readonly TensorSpec[] Z = [new("z", [24])];

    private readonly FakeRunner _encoder = new(Mel, Z, (_, o) => o[0].AsSpan().Fill(1));

    public void Dispose() => _encoder.Dispose();

    [Theory]
    [InlineData("organ")]
    [InlineData("piano")]
    [InlineData("strings")]
    [InlineData("song")]
    [InlineData("band")]
    public void TryDrive_MusicOnHold_MouthCloses(string music) => Assert.InRange(OpenShare(Music(music), from: 2.5), 0, 0.1);

    [Theory]
    [InlineData(-40)]
    [InlineData(-30)]
    public void TryDrive_SteadyNoise_MouthCloses(int db)
    {
        var random = new Random(5);
        double amplitude = Math.Pow(10, db / 20.0) * Math.Sqrt(3);
        Assert.InRange(OpenShare([.. Enumerable.Range(0, Hz * 14).Select(_ => amplitude * ((2 * random.NextDouble()) - 1))], from: 10), 0, 0.1);
    }

    [Fact]
    public void TryDrive_RingingTone_MouthHardlyMoves() => Assert.InRange(
        OpenShare([.. Enumerable.Range(0, Hz * 12).Select(i => i / Hz % 5 == 0 ? 0.2 * Math.Sin(2 * Math.PI * 425 * i / Hz) : 0)], from: 0), 0, 0.12);

    [Fact]
    public void TryDrive_VoiceAfterMusic_MouthMovesAgain()
    {
        double[] sound = [.. Music("song").Take(Hz * 6), .. new double[Hz / 2], .. Voice(4)];
        Assert.InRange(OpenShare(sound, from: 6.8), 0.7, 1);
    }

    [Fact]
    public void TryDrive_LongVoiceWithoutAPause_IsAVoice() => Assert.InRange(OpenShare(Voice(4), from: 0.2), 0.9, 1);

    /// <summary>Share of the pictures from an instant on in which the mouth may move by more than half.</summary>
    private double OpenShare(double[] sound, double from)
    {
        using var driver = new AudioDriver(_encoder, Hz);
        var z = new float[24];
        int open = 0, all = 0;
        double picture = 0;
        for (int at = 0; at + 160 <= sound.Length; at += 160)
        {
            driver.Write([.. sound.AsSpan(at, 160).ToArray().Select(v => (short)Math.Clamp(32767 * v, -32767, 32767))]);
            for (; driver.TryDrive(TimeSpan.FromSeconds(picture), z); picture += 0.04)
            {
                if (picture < from)
                    continue;
                all++;
                open += z[0] > 0.5f ? 1 : 0;
            }
        }

        return (double)open / all;
    }

    /// <summary>Formants that wander like those of syllables over a gliding pitch.</summary>
    private static double[] Voice(double seconds)
    {
        var sound = new double[(int)(seconds * Hz)];
        double phase = 0;
        for (int i = 0; i < sound.Length; i++)
        {
            double t = (double)i / Hz;
            phase += (130 + (40 * Math.Sin(2 * Math.PI * 1.3 * t))) / Hz;
            double first = 500 + (250 * Math.Sin(2 * Math.PI * 4 * t)), second = 1500 + (600 * Math.Sin(2 * Math.PI * 3.1 * t));
            for (int k = 1; k <= 20; k++)
            {
                double f = k * 130;
                double gain = Math.Exp(-Math.Pow((f - first) / 150, 2)) + (0.6 * Math.Exp(-Math.Pow((f - second) / 250, 2))) + 0.003;
                sound[i] += 0.1 * gain * Math.Sin(2 * Math.PI * k * phase);
            }

            sound[i] *= 0.6 - (0.4 * Math.Cos(2 * Math.PI * 4 * t));
        }

        return sound;
    }

    private static double[] Music(string kind)
    {
        double[][] chords = [[261.6, 329.6, 392], [220, 261.6, 329.6], [174.6, 220, 261.6], [196, 246.9, 293.7]];
        double[] scale = [523.3, 587.3, 659.3, 698.5, 784, 880];
        var random = new Random(3);
        var sound = new double[Hz * 12];
        string chord = kind switch { "song" or "piano" => "piano", "strings" => "strings", _ => "organ" };
        for (int bar = 0; bar < 12; bar++)
        {
            foreach (double tone in chords[bar % 4])
                Note(sound, bar, 0.98, tone, chord, 1);
            if (kind == "band")
                Note(sound, bar, 0.9, chords[bar % 4][0] / 2, "piano", 1.5);
        }

        if (kind is "song" or "band")
        {
            for (double at = 0; at < 11.4; at += 0.2 + (0.1 * random.Next(4)))
                Note(sound, at, 0.4, scale[random.Next(scale.Length)], "piano", 1.5);
        }

        for (int beat = 0; kind == "band" && beat < 48; beat++)
            Drum(sound, beat * 0.25, beat % 4, random);
        double level = Math.Sqrt(sound.Average(v => v * v));
        return [.. sound.Select(v => v * 0.08 / level)]; // -22 dB.
    }

    private static void Note(double[] sound, double at, double length, double tone, string kind, double gain)
    {
        int start = (int)(at * Hz);
        for (int i = 0; i < length * Hz && start + i < sound.Length; i++)
        {
            double t = (double)i / Hz, sum = 0;
            for (int k = 1; k <= 6 && k * tone < 3400; k++)
            {
                double decay = kind == "piano" ? Math.Exp(-t * (2 + k)) : 1;
                double vibrato = kind == "strings" ? 0.006 * tone * k / 5.5 * Math.Sin(2 * Math.PI * 5.5 * t) : 0;
                sum += decay / k * Math.Sin((2 * Math.PI * k * tone * t) + vibrato);
            }

            double attack = kind switch { "piano" => 0.005, "strings" => 0.12, _ => 0.03 };
            sound[start + i] += gain * sum * Math.Min(1, Math.Min(t / attack, (length - t) / 0.05));
        }
    }

    private static void Drum(double[] sound, double at, int beat, Random random)
    {
        int start = (int)(at * Hz);
        for (int i = 0; i < 0.12 * Hz && start + i < sound.Length; i++)
        {
            double t = (double)i / Hz, noise = random.NextDouble() - 0.5;
            sound[start + i] += (2 * noise * Math.Exp(-t * 90))
                + (beat == 0 ? 6 * Math.Sin(2 * Math.PI * 60 * t) * Math.Exp(-t * 18) : 0)
                + (beat == 2 ? 5 * noise * Math.Exp(-t * 25) : 0);
        }
    }
}
