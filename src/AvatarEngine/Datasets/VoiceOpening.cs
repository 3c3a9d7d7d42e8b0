using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>How far a mouth opens that says what is heard, by the audio encoder that drives calls.</summary>
internal static class VoiceOpening
{
    /// <summary>The opening at each picture, 25 a second.</summary>
    /// <param name="networks">Of a robust model.</param>
    /// <param name="pcm">Mono at 16 kHz.</param>
    /// <param name="pictures">How many; after the sound's end the mouth rests.</param>
    /// <returns>One lipGap a picture, as in <see cref="MotionCode"/>.</returns>
    public static double[] Of(FaceNetworks networks, ReadOnlySpan<short> pcm, int pictures)
    {
        using var driver = new AudioDriver(networks, ShardFormat.SampleRateHz);
        float[] code = new float[driver.CodeCount];
        double[] opening = new double[pictures];
        ReadOnlySpan<short> silence = new short[ShardFormat.SamplesPerFrame];
        for (int n = 0; n < pictures;)
        {
            int take = Math.Min(ShardFormat.SamplesPerFrame, pcm.Length);
            driver.Write(take == 0 ? silence : pcm[..take]);
            pcm = pcm[take..];
            for (; n < pictures && driver.TryDrive(TimeSpan.FromSeconds((double)n / ShardFormat.FrameRate), code); n++)
                opening[n] = code[MotionCode.LipGap];
        }

        return opening;
    }
}
