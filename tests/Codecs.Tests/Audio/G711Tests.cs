using Avatar2D.Codecs.Audio;

namespace Avatar2D.Codecs.Tests.Audio;

public sealed class G711Tests
{
    /// <summary>Decoded values at the ends and middles of segments, from the tables of ITU-T G.711 in 16-bit scale.</summary>
    [Theory]
    [InlineData(G711Law.A, 0xD5, 8)]
    [InlineData(G711Law.A, 0x55, -8)]
    [InlineData(G711Law.A, 0xAA, 32256)]
    [InlineData(G711Law.A, 0x2A, -32256)]
    [InlineData(G711Law.A, 0xC5, 264)]
    [InlineData(G711Law.A, 0x80, 5504)]
    [InlineData(G711Law.Mu, 0xFF, 0)]
    [InlineData(G711Law.Mu, 0x7F, 0)]
    [InlineData(G711Law.Mu, 0x80, 32124)]
    [InlineData(G711Law.Mu, 0x00, -32124)]
    [InlineData(G711Law.Mu, 0xFE, 8)]
    [InlineData(G711Law.Mu, 0xEF, 132)]
    public void Decode_ReferenceCodes_GiveReferenceValues(G711Law law, byte code, short value)
    {
        short[] pcm = new short[1];
        G711.Decode(law, [code], pcm);
        Assert.Equal(value, pcm[0]);
    }

    [Theory]
    [InlineData(G711Law.A, "alaw")]
    [InlineData(G711Law.Mu, "mulaw")]
    public void Decode_AllCodes_AgreesWithFfmpeg(G711Law law, string format)
    {
        using TempFolder folder = new();
        byte[] codes = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];
        File.WriteAllBytes(folder.File("in.raw"), codes);
        ToolRunner.Run("ffmpeg", "-v", "error", "-f", format, "-ar", "8000", "-ac", "1", "-i", folder.File("in.raw"), "-f", "s16le", folder.File("out.raw"));
        byte[] expected = File.ReadAllBytes(folder.File("out.raw"));
        short[] pcm = new short[256];
        G711.Decode(law, codes, pcm);
        Assert.Equal(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(expected).ToArray(), pcm);
    }

    [Theory]
    [InlineData(G711Law.A)]
    [InlineData(G711Law.Mu)]
    public void Encode_EverySample_TakesTheSegmentOfTheStandard(G711Law law)
    {
        short[] pcm = [.. Enumerable.Range(short.MinValue, 65536).Select(value => (short)value)];
        byte[] codes = new byte[65536];
        G711.Encode(law, pcm, codes);
        for (int i = 0; i < pcm.Length; i++)
        {
            byte expected = law == G711Law.A ? ReferenceALaw(pcm[i]) : ReferenceMuLaw(pcm[i]);
            Assert.True(expected == codes[i], $"{pcm[i]}: {codes[i]:X2}, not {expected:X2}");
        }
    }

    [Theory]
    [InlineData(G711Law.A)]
    [InlineData(G711Law.Mu)]
    public void Encode_DecodedCodes_ComeBack(G711Law law)
    {
        byte[] codes = [.. Enumerable.Range(0, 256).Select(code => (byte)code)];
        short[] pcm = new short[256];
        G711.Decode(law, codes, pcm);
        byte[] again = new byte[256];
        G711.Encode(law, pcm, again);
        short[] pcmAgain = new short[256];
        G711.Decode(law, again, pcmAgain);
        Assert.Equal(pcm, pcmAgain);
        G711.Encode(law, new short[1], again.AsSpan(0, 1));
        Assert.Equal(G711.Silence(law), again[0]);
    }

    [Fact]
    public void TryDecode_EmptyOrTooLong_ReturnsFalse()
    {
        using G711Decoder decoder = new(G711Law.Mu);
        Assert.False(decoder.TryDecode([], new short[160], out _));
        Assert.False(decoder.TryDecode(new byte[161], new short[160], out _));
        Assert.True(decoder.TryDecode(new byte[160], new short[160], out int samples));
        Assert.Equal(160, samples);
    }

    [Fact]
    public void Conceal_LostFrameOfVoice_ResemblesItAndFadesWhenTheLossGoesOn()
    {
        short[] voice = TestSounds.Voice(8000, 8000);
        using G711Encoder encoder = new(G711Law.A);
        using G711Decoder decoder = new(G711Law.A);
        byte[] payload = new byte[160];
        short[] pcm = new short[160];
        for (int frame = 0; frame < 12; frame++)
        {
            encoder.Encode(voice.AsSpan(frame * 160, 160), payload);
            decoder.TryDecode(payload, pcm, out _);
        }

        decoder.Conceal(pcm);
        Assert.True(TestSounds.Correlation(voice.AsSpan(12 * 160, 160), pcm) > 0.6, $"{TestSounds.Correlation(voice.AsSpan(12 * 160, 160), pcm):F2}");
        double first = TestSounds.Power(pcm);
        decoder.Conceal(pcm);
        decoder.Conceal(pcm);
        Assert.InRange(TestSounds.Power(pcm), 0.001, first * 0.5);
        decoder.Conceal(pcm);
        decoder.Conceal(pcm);
        Assert.All(pcm, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void Conceal_SineAndReturn_HasNoClick()
    {
        short[] sine = TestSounds.Sine(8000, 200, 3200, 12_000);
        PitchConcealer concealer = new(8000);
        List<short> heard = [];
        for (int frame = 0; frame < 20; frame++)
        {
            short[] pcm = sine[(frame * 160)..((frame + 1) * 160)];
            if (frame == 10)
                concealer.Conceal(pcm);
            else
                concealer.Good(pcm);
            heard.AddRange(pcm);
        }

        int largest = 0;
        for (int i = 1; i < heard.Count; i++)
            largest = Math.Max(largest, Math.Abs(heard[i] - heard[i - 1]));
        // A sine of 200 Hz and 12000 moves by 2 pi 200/8000 x 12000 = 1885 between samples at most.
        Assert.True(largest < 2600, $"step of {largest}");
    }

    [Fact]
    public void Conceal_BeforeAnySound_IsSilence()
    {
        using G711Decoder decoder = new(G711Law.Mu);
        short[] pcm = new short[160];
        Array.Fill(pcm, (short)5);
        decoder.Conceal(pcm);
        Assert.All(pcm, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void TryDecodeAndConceal_AfterWarmUp_AllocateNothing()
    {
        using G711Encoder encoder = new(G711Law.Mu);
        using G711Decoder decoder = new(G711Law.Mu);
        short[] pcm = TestSounds.Voice(8000, 160);
        byte[] payload = new byte[160];
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            encoder.Encode(pcm, payload);
            decoder.TryDecode(payload, pcm, out _);
            decoder.Conceal(pcm);
        }));
    }

    /// <summary>G.711 §3.2: 13-bit magnitude, segment by its highest bit; negative values by one's complement.</summary>
    private static byte ReferenceALaw(short sample)
    {
        int value = sample >> 3;
        int sign = 0x80;
        if (value < 0)
        {
            sign = 0;
            value = -value - 1;
        }

        int segment = 0;
        while (segment < 7 && value >= (32 << segment))
            segment++;
        int step = segment < 2 ? value >> 1 : value >> segment;
        return (byte)((sign | (segment << 4) | (step & 15)) ^ 0x55);
    }

    /// <summary>G.711 §3.3: 14-bit magnitude plus a bias of 33, segment by its highest bit, all bits inverted; negative values by one's complement.</summary>
    private static byte ReferenceMuLaw(short sample)
    {
        int value = sample >> 2;
        int sign = 0;
        if (value < 0)
        {
            sign = 0x80;
            value = -value - 1;
        }

        value = Math.Min(value, 8158) + 33;
        int segment = 0;
        while (segment < 7 && value >= (64 << segment))
            segment++;
        return (byte)~(sign | (segment << 4) | ((value >> (segment + 1)) & 15));
    }
}
