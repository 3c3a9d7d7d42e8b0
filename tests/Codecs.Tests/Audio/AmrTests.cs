using Avatar2D.Codecs.Audio;

namespace Avatar2D.Codecs.Tests.Audio;

public sealed class AmrTests
{
    private static short[] Tone(bool wide) => [.. Enumerable.Range(0, 20 * AmrFrame.Samples(wide)).Select(i =>
        (short)(9000 * Math.Sin(2 * Math.PI * 440 * i / AmrFrame.SampleRateHz(wide))))];

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 7)]
    [InlineData(true, 0)]
    [InlineData(true, 2)]
    [InlineData(true, 8)]
    public void EncodeAndDecode_Tone_IsTheToneAgain(bool wide, int mode)
    {
        using AmrEncoder encoder = new(wide);
        using AmrDecoder decoder = new(wide);
        short[] tone = Tone(wide);
        int samples = AmrFrame.Samples(wide);
        short[] heard = new short[tone.Length];
        byte[] frame = new byte[AmrFrame.MaxBytes];
        for (int i = 0; i < tone.Length; i += samples)
        {
            int length = encoder.Encode(mode, tone.AsSpan(i, samples), frame);
            Assert.Equal(mode, (frame[0] >> 3) & 15);
            decoder.Decode(frame.AsSpan(0, length), heard.AsSpan(i, samples));
        }

        Assert.InRange(Correlation(tone, heard), 0.95, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_LostFrames_FadeAndNothingIsAllocated(bool wide)
    {
        using AmrEncoder encoder = new(wide);
        using AmrDecoder decoder = new(wide);
        int samples = AmrFrame.Samples(wide);
        short[] tone = Tone(wide);
        byte[] frame = new byte[AmrFrame.MaxBytes];
        short[] pcm = new short[samples];
        long allocated = AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 10; i++)
                decoder.Decode(frame.AsSpan(0, encoder.Encode(2, tone.AsSpan(i * samples, samples), frame)), pcm);
        });
        Assert.Equal(0, allocated);
        double loud = pcm.Average(sample => Math.Abs((double)sample));
        for (int i = 0; i < 25; i++)
            decoder.Conceal(pcm);
        Assert.InRange(pcm.Average(sample => Math.Abs((double)sample)), 0, loud / 3);
        decoder.Decode([0xFF, 1, 2, 3], pcm); // No frame: concealed.
        decoder.Reset();
        decoder.Decode([], pcm);
    }

    private static double Correlation(short[] sent, short[] heard) => Enumerable.Range(0, AmrFrameDelay).Max(delay =>
    {
        double product = 0, left = 0, right = 0;
        for (int i = 1600; i < sent.Length - AmrFrameDelay; i++)
        {
            product += (double)sent[i] * heard[i + delay];
            left += (double)sent[i] * sent[i];
            right += (double)heard[i + delay] * heard[i + delay];
        }

        return product / Math.Sqrt(left * right);
    });

    private const int AmrFrameDelay = 400;
}
