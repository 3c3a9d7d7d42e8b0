using System.Buffers.Binary;
using Avatar2D.AvatarEngine.Driving.Audio;

namespace Avatar2D.AvatarEngine.Tests.Driving;

/// <summary>Tones of the telephone keep the mouth closed, speech does not.</summary>
public sealed class ToneDetectorTests
{
    private const int SampleRateHz = 16000;

    /// <summary>Keys 1, 5, 9, 0, # (ITU-T Q.23), dial tone, ringing tone, a test tone.</summary>
    [Theory]
    [InlineData(697, 1209)]
    [InlineData(770, 1336)]
    [InlineData(852, 1477)]
    [InlineData(941, 1336)]
    [InlineData(941, 1477)]
    [InlineData(350, 440)]
    [InlineData(425, 425)]
    [InlineData(1000, 1000)]
    public void Next_TonesOverALine_AreFoundWithin200Ms(int lowHz, int highHz)
    {
        var noise = new Random(3);
        short[] pcm = [.. Enumerable.Range(0, SampleRateHz).Select(i =>
            (short)((6000 * (Math.Sin(2 * Math.PI * lowHz * i / SampleRateHz) + Math.Sin(2 * Math.PI * highHz * i / SampleRateHz)))
                + (40 * (noise.NextDouble() - 0.5))))];
        List<bool> found = Run(pcm);

        Assert.All(found[16..78], Assert.True);
    }

    [Fact]
    public void Next_Speech_IsHardlyEverATone()
    {
        List<bool> found = Run(Speech());
        Assert.True(found.Count > 400);
        Assert.InRange(found.Count(tone => tone) / (double)found.Count, 0, 0.01);
    }

    [Fact]
    public void Next_ToneAfterSpeech_EndsWithIt()
    {
        short[] tone = [.. Enumerable.Range(0, SampleRateHz / 2).Select(i => (short)(9000 * Math.Sin(2 * Math.PI * 941 * i / SampleRateHz)))];
        List<bool> found = Run([.. tone, .. Speech()]);

        Assert.True(found[35]);
        Assert.DoesNotContain(true, found[45..60]);
    }

    private static List<bool> Run(short[] pcm)
    {
        var mel = new MelFrontEnd();
        var detector = new ToneDetector();
        var found = new List<bool>();
        for (int at = 0; at < pcm.Length; at += 320)
        {
            mel.Write(pcm.AsSpan(at, Math.Min(320, pcm.Length - at)));
            while (found.Count < mel.FramesReady)
                found.Add(detector.Next(mel.Frame(found.Count)));
        }

        return found;
    }

    /// <summary>The demo's sentence, 16 kHz mono behind a WAV head of 44 bytes.</summary>
    private static short[] Speech()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "assets/speech.wav")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        byte[] wav = File.ReadAllBytes(Path.Combine(folder.FullName, "assets/speech.wav"));
        Assert.Equal(SampleRateHz, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(24)));
        short[] pcm = new short[(wav.Length - 44) / 2];
        for (int i = 0; i < pcm.Length; i++)
            pcm[i] = BinaryPrimitives.ReadInt16LittleEndian(wav.AsSpan(44 + (2 * i)));
        return pcm;
    }
}
