using Avatar2D.Codecs.Audio;

namespace Avatar2D.Codecs.Tests.Audio;

public sealed class OpusTests
{
    [Theory]
    [InlineData(16000, 16000)]
    [InlineData(16000, 48000)]
    [InlineData(48000, 16000)]
    [InlineData(8000, 16000)]
    public void Encode_ThenDecode_ResemblesTheVoice(int encodeRate, int decodeRate)
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings { SampleRateHz = encodeRate, BitRate = 32_000, ForwardErrorCorrection = false });
        using OpusDecoder decoder = new(decodeRate);
        short[] voice = TestSounds.Voice(encodeRate, encodeRate);
        short[] reference = TestSounds.Voice(decodeRate, decodeRate);
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        short[] pcm = new short[decoder.MaxFrameSamples];
        List<short> heard = [];
        for (int at = 0; at < voice.Length; at += encoder.FrameSamples)
        {
            int bytes = encoder.Encode(voice.AsSpan(at, encoder.FrameSamples), payload);
            Assert.True(decoder.TryDecode(payload.AsSpan(0, bytes), pcm, out int samples));
            Assert.Equal(decodeRate / 50, samples);
            heard.AddRange(pcm.AsSpan(0, samples));
        }

        short[] output = [.. heard];
        int lag = TestSounds.BestLag(reference.AsSpan(4000, 4000), output.AsSpan(4000), 0, decodeRate / 40);
        double likeness = TestSounds.Correlation(reference.AsSpan(4000, 4000), output.AsSpan(4000 + lag, 4000));
        Assert.True(likeness > 0.9, $"{likeness:F3} at lag {lag}");
    }

    [Fact]
    public void TryRecover_EveryFourthFrameLost_IsNearerToTheTruthThanConcealment()
    {
        double truthToFec = LikenessInLostFrames(recover: true, out int recovered);
        double truthToConcealment = LikenessInLostFrames(recover: false, out _);
        Assert.True(recovered > 20, $"{recovered} frames carried a copy");
        Assert.True(truthToFec > truthToConcealment + 0.05, $"FEC {truthToFec:F3}, concealment {truthToConcealment:F3}");
        Assert.True(truthToFec > 0.8);
    }

    [Fact]
    public void TryRecover_PacketWithoutCopy_ConcealsAndSaysSo()
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings { ForwardErrorCorrection = false });
        using OpusDecoder decoder = new();
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        short[] pcm = new short[decoder.MaxFrameSamples];
        short[] voice = TestSounds.Voice(16000, 6400);
        int bytes = 0;
        for (int frame = 0; frame < 20; frame++)
        {
            bytes = encoder.Encode(voice.AsSpan(frame * 320, 320), payload);
            decoder.TryDecode(payload.AsSpan(0, bytes), pcm, out _);
        }

        Assert.False(OpusPacket.HasCopy(payload.AsSpan(0, bytes)));
        Assert.False(decoder.TryRecover(payload.AsSpan(0, bytes), pcm.AsSpan(0, 320)));
        Assert.True(TestSounds.Power(pcm.AsSpan(0, 320)) > 1000);
    }

    [Fact]
    public void Conceal_LongLoss_FadesToSilence()
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings());
        using OpusDecoder decoder = new();
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        short[] pcm = new short[320];
        short[] voice = TestSounds.Voice(16000, 6400);
        for (int frame = 0; frame < 20; frame++)
            decoder.TryDecode(payload.AsSpan(0, encoder.Encode(voice.AsSpan(frame * 320, 320), payload)), pcm, out _);
        decoder.Conceal(pcm);
        double first = TestSounds.Power(pcm);
        for (int i = 0; i < 50; i++)
            decoder.Conceal(pcm);
        Assert.True(TestSounds.Power(pcm) < first / 100);
    }

    [Fact]
    public void TryDecode_MutatedBytes_NeverThrows()
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings());
        using OpusDecoder decoder = new();
        Random random = new(23);
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        short[] pcm = new short[decoder.MaxFrameSamples];
        short[] voice = TestSounds.Voice(16000, 320);
        for (int i = 0; i < 2000; i++)
        {
            int bytes = encoder.Encode(voice, payload);
            for (int n = random.Next(1, 8); n > 0; n--)
                payload[random.Next(bytes)] = (byte)random.Next(256);
            ReadOnlySpan<byte> cut = payload.AsSpan(0, random.Next(0, bytes + 1));
            decoder.TryRecover(cut, pcm.AsSpan(0, 320));
            decoder.TryDecode(cut, pcm, out int samples);
            Assert.InRange(samples, 0, pcm.Length);
        }

        Assert.False(decoder.TryDecode([], pcm, out _));
        Assert.False(decoder.TryDecode([0xFF, 0xFF, 0xFF], pcm, out _));
    }

    [Fact]
    public void SetBitRate_Lower_MakesPacketsSmaller()
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings { BitRate = 40_000, ForwardErrorCorrection = false });
        short[] voice = TestSounds.Voice(16000, 32000);
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        int[] bytes = new int[2];
        for (int frame = 0; frame < 100; frame++)
        {
            if (frame == 50)
                encoder.SetBitRate(10_000);
            bytes[frame / 50] += encoder.Encode(voice.AsSpan(frame * 320, 320), payload);
        }

        Assert.True(bytes[1] < bytes[0] / 2, $"{bytes[0]} then {bytes[1]} bytes");
    }

    [Fact]
    public void Encode_SilenceWithDtx_SendsNextToNothing()
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings { DiscontinuousTransmission = true });
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        int small = 0;
        for (int frame = 0; frame < 100; frame++)
            small += encoder.Encode(new short[320], payload) <= 2 ? 1 : 0;
        Assert.True(small > 60, $"{small} of 100");
    }

    [Fact]
    public void Encode_WrongLengthOrSetting_Throws()
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings());
        Assert.Throws<ArgumentException>(() => encoder.Encode(new short[321], new byte[2000]));
        Assert.Throws<ArgumentException>(() => encoder.Encode(new short[320], []));
        Assert.Throws<CodecException>(() => new OpusEncoder(new OpusEncoderSettings { SampleRateHz = 44_100 }));
        Assert.Throws<CodecException>(() => new OpusDecoder(11_025));
        Assert.Throws<CodecException>(() => new OpusEncoder(new OpusEncoderSettings { Complexity = 11 }));
    }

    [Fact]
    public void EncodeAndDecode_AfterWarmUp_AllocateNothing()
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings());
        using OpusDecoder decoder = new();
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        short[] pcm = new short[decoder.MaxFrameSamples];
        short[] voice = TestSounds.Voice(16000, 320);
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            int bytes = encoder.Encode(voice, payload);
            decoder.TryDecode(payload.AsSpan(0, bytes), pcm, out _);
            decoder.Conceal(pcm.AsSpan(0, 320));
            decoder.TryRecover(payload.AsSpan(0, bytes), pcm.AsSpan(0, 320));
        }));
    }

    private static double LikenessInLostFrames(bool recover, out int recovered)
    {
        using OpusEncoder encoder = new(new OpusEncoderSettings { BitRate = 32_000, ExpectedLossPercent = 30 });
        using OpusDecoder lossless = new();
        using OpusDecoder lossy = new();
        short[] voice = TestSounds.Voice(16000, 64000);
        byte[][] packets = new byte[200][];
        byte[] payload = new byte[encoder.MaxPayloadBytes];
        for (int frame = 0; frame < 200; frame++)
            packets[frame] = payload[..encoder.Encode(voice.AsSpan(frame * 320, 320), payload)];
        List<short> truth = [];
        List<short> heard = [];
        short[] pcm = new short[lossless.MaxFrameSamples];
        recovered = 0;
        for (int frame = 0; frame < 199; frame++)
        {
            lossless.TryDecode(packets[frame], pcm, out int samples);
            bool lost = frame % 4 == 3;
            if (lost)
                truth.AddRange(pcm.AsSpan(0, samples));
            if (!lost)
            {
                lossy.TryDecode(packets[frame], pcm, out _);
                continue;
            }

            if (recover)
                recovered += lossy.TryRecover(packets[frame + 1], pcm.AsSpan(0, 320)) ? 1 : 0;
            else
                lossy.Conceal(pcm.AsSpan(0, 320));
            heard.AddRange(pcm.AsSpan(0, 320));
        }

        return TestSounds.Correlation([.. truth], [.. heard]);
    }
}
