using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>The log-mel frames of a whole recording, computed by the code that serves.</summary>
internal static class MelFrames
{
    private static readonly MelParameters P = MelParameters.Serving;

    /// <summary>All frames whose centres lie inside the recording.</summary>
    /// <param name="pcm">Mono at 16 kHz.</param>
    /// <returns>[ceil(samples / hop), bands] in one piece.</returns>
    public static float[] Of(ReadOnlySpan<short> pcm)
    {
        int count = (pcm.Length + P.Hop - 1) / P.Hop;
        float[] frames = new float[count * P.Bands];
        var front = new MelFrontEnd();
        ReadOnlySpan<short> silence = new short[P.Hop];
        for (int frame = 0; frame < count;)
        {
            int take = Math.Min(P.Hop, pcm.Length);
            front.Write(take == 0 ? silence : pcm[..take]);
            pcm = pcm[take..];
            for (; frame < count && frame < front.FramesReady; frame++)
                front.Frame(frame).CopyTo(frames.AsSpan(frame * P.Bands));
        }

        return frames;
    }

    /// <summary>Mean of the frames centred within half a picture before to one and a half after each picture: how loud it is there.</summary>
    /// <param name="mel">What <see cref="Of"/> gave.</param>
    /// <param name="pictures">How many.</param>
    public static double[] Loudness(ReadOnlySpan<float> mel, int pictures)
    {
        const int Picture = ShardFormat.SamplesPerFrame;
        double[] loudness = new double[pictures];
        int count = mel.Length / P.Bands;
        for (int n = 0; n < pictures; n++)
        {
            int first = Math.Max(0, ((Picture * n) - (Picture / 2) + P.Hop - 1) / P.Hop);
            int end = Math.Min(count, ((Picture * n) + (3 * Picture / 2) + P.Hop - 1) / P.Hop);
            double sum = 0;
            foreach (float value in first < end ? mel[(first * P.Bands)..(end * P.Bands)] : [])
                sum += value;
            loudness[n] = first < end ? sum / ((end - first) * P.Bands) : -P.Clip;
        }

        return loudness;
    }
}
