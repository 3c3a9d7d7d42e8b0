using System.Buffers.Binary;
using Avatar2D.Codecs.Audio;

namespace Avatar2D.Codecs.Tests.Audio;

public sealed class G722Tests
{
    /// <summary>Two seconds of a voice-like sound at 16 kHz, loud enough to reach the ends of the quantizers.</summary>
    private static readonly short[] Sound = [.. Enumerable.Range(0, 32_000).Select(i =>
        (short)((9000 * Math.Sin(i * 0.05) * (1 + Math.Sin(i * 0.0007))) + (5000 * Math.Sin(i * i * 0.00001)) + ((i / 4000) % 2 * 6000 * Math.Sin(i * 1.9))))];

    [Fact]
    public void Encode_Sound_GivesTheBytesOfFfmpeg()
    {
        byte[] ours = Encode(Sound);
        byte[] theirs = Ffmpeg(["-f", "s16le", "-ar", "16000", "-ac", "1"], Pcm(Sound), ["-c:a", "g722", "-f", "g722"]);
        // ffmpeg searches for better codes than the plain quantizer's; what both decode to must be as near to the sound.
        Assert.Equal(ours.Length, theirs.Length);
        Assert.InRange(Noise(Decode(ours)) / Noise(Decode(theirs)), 0.1, 1.5);
    }

    [Fact]
    public void Decode_OurBytes_GivesTheSamplesOfFfmpeg()
    {
        byte[] coded = Encode(Sound);
        byte[] theirs = Ffmpeg(["-f", "g722"], coded, ["-f", "s16le", "-ar", "16000"]);
        short[] ours = Decode(coded);
        short[] expected = [.. Enumerable.Range(0, theirs.Length / 2).Select(i => BinaryPrimitives.ReadInt16LittleEndian(theirs.AsSpan(2 * i)))];
        Assert.Equal(expected, ours);
    }

    [Fact]
    public void EncodeAndDecode_WhenWarm_AllocateNothing()
    {
        using G722Encoder encoder = new();
        using G722Decoder decoder = new();
        byte[] payload = new byte[160];
        short[] pcm = new short[decoder.MaxFrameSamples];
        long allocated = AllocationMeter.LeastBytes(() =>
        {
            encoder.Encode(Sound.AsSpan(0, 320), payload);
            decoder.TryDecode(payload, pcm, out _);
            decoder.Conceal(pcm.AsSpan(0, 320));
        });
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void TryDecode_NothingOrTooMuch_IsRefused()
    {
        using G722Decoder decoder = new();
        Assert.False(decoder.TryDecode([], new short[100], out _));
        Assert.False(decoder.TryDecode(new byte[51], new short[100], out _));
        Assert.Throws<ArgumentException>(() => new G722Encoder().Encode(new short[3], new byte[10]));
    }

    private static byte[] Encode(short[] pcm)
    {
        using G722Encoder encoder = new();
        byte[] coded = new byte[pcm.Length / 2];
        for (int i = 0; i < pcm.Length; i += 320)
            encoder.Encode(pcm.AsSpan(i, 320), coded.AsSpan(i / 2));
        return coded;
    }

    private static short[] Decode(byte[] coded)
    {
        using G722Decoder decoder = new();
        short[] pcm = new short[coded.Length * 2];
        for (int i = 0; i < coded.Length; i += 160)
            Assert.True(decoder.TryDecode(coded.AsSpan(i, 160), pcm.AsSpan(2 * i), out _));
        return pcm;
    }

    /// <summary>Mean square of what differs from the sound, which comes 22 samples later.</summary>
    private static double Noise(short[] decoded) =>
        Enumerable.Range(0, decoded.Length - 22).Average(i => Math.Pow(decoded[i + 22] - Sound[i], 2));

    private static byte[] Pcm(short[] samples)
    {
        byte[] bytes = new byte[samples.Length * 2];
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), samples[i]);
        return bytes;
    }

    private static byte[] Ffmpeg(string[] input, byte[] bytes, string[] output)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("in"), bytes);
        ToolRunner.Run("ffmpeg", ["-v", "error", "-nostdin", "-y", .. input, "-i", folder.File("in"), .. output, folder.File("out")]);
        return File.ReadAllBytes(folder.File("out"));
    }
}
