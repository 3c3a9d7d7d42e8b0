using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Measuring;

/// <summary>
/// Reads the mouth of a drawn character without any network: the eyes tell which picture of the source loop is shown, and so where the
/// face lies; the mouth there is compared with drawn mouths whose opening is known.
/// </summary>
internal sealed class DrawnMouthMeter : IMouthMeter
{
    /// <summary>Half the resolution of the canonical patch: fine enough for lips, coarse enough for a coder's noise.</summary>
    private const int PatchPx = 64;

    // The mouth in that patch, columns and rows; lips lie about (32, 29), the chin at 50.
    private const int Left = 14, Right = 50, Top = 18, Bottom = 48;

    /// <summary>Rows of the canonical patch around the eyes, which no model paints over.</summary>
    private const float EyesTop = -45, EyesBottom = -4;

    /// <summary>Columns of the canonical patch from temple to temple.</summary>
    private const float EyesLeft = 0, EyesRight = 127;

    /// <summary>Samples of the eyes, each way.</summary>
    private const int EyeColumns = 48, EyeRows = 16;

    /// <summary>Nearest drawings that are averaged.</summary>
    private const int Neighbours = 4;

    private readonly PatchTransform[] _places;
    private readonly byte[][] _eyes;
    private readonly float[][] _mouths;
    private readonly double[] _openings;
    private readonly (int X, int Y)[] _eyeSamples;

    /// <summary>Draws what is compared: some seconds.</summary>
    /// <param name="character">Whose mouth.</param>
    /// <param name="loop">The pictures of the source loop, of the size of those that will be measured.</param>
    /// <param name="source">The places of the face in them.</param>
    public DrawnMouthMeter(GalleryCharacter character, IReadOnlyList<I420Frame> loop, FaceSource source)
    {
        _places = [.. Enumerable.Range(0, loop.Count).Select(source.Transform)];
        _eyeSamples = SamplesOf(_places[0], loop[0].Width, loop[0].Height);
        _eyes = [.. loop.Select(picture => EyesOf(picture.View))];
        IReadOnlyList<DrawnMouth> drawn = DrawnMouth.DrawAll(character, PatchPx);
        _mouths = [.. drawn.Select(mouth => MouthOf(mouth.Patch))];
        _openings = [.. drawn.Select(mouth => mouth.Opening)];
    }

    /// <inheritdoc/>
    public string Name => "drawing";

    /// <inheritdoc/>
    public bool TryMeasure(I420View picture, TimeSpan time, out double opening)
    {
        int frame = FrameOf(picture);
        opening = OpeningOf(MouthOf(PatchPicture.Cut(picture, _places[frame], PatchPx)));
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The picture of the loop whose eyes are most like those of a picture.</summary>
    internal int FrameOf(I420View picture)
    {
        byte[] seen = EyesOf(picture);
        (int Frame, long Difference) best = (0, long.MaxValue);
        for (int frame = 0; frame < _eyes.Length; frame++)
        {
            long difference = 0;
            byte[] eyes = _eyes[frame];
            for (int i = 0; i < eyes.Length; i++)
                difference += (eyes[i] - seen[i]) * (eyes[i] - seen[i]);
            if (difference < best.Difference)
                best = (frame, difference);
        }

        return best.Frame;
    }

    private double OpeningOf(float[] mouth)
    {
        (double Difference, double Opening)[] near =
            [.. _mouths.Select((drawn, i) => (Difference(drawn, mouth), _openings[i])).OrderBy(pair => pair.Item1).Take(Neighbours)];
        double sum = 0, weights = 0;
        foreach ((double difference, double opening) in near)
        {
            // Squared: a drawing half as far away counts four times.
            double weight = 1 / (Math.Max(difference, 1e-9) * Math.Max(difference, 1e-9));
            sum += weight * opening;
            weights += weight;
        }

        return sum / weights;
    }

    private static double Difference(float[] a, float[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    private static float[] MouthOf(PatchPicture patch)
    {
        var mouth = new float[3 * (Right - Left) * (Bottom - Top)];
        int at = 0;
        for (int plane = 0; plane < 3; plane++)
        {
            for (int y = Top; y < Bottom; y++)
            {
                for (int x = Left; x < Right; x++)
                    mouth[at++] = patch.Rgb[(((plane * PatchPx) + y) * PatchPx) + x];
            }
        }

        return mouth;
    }

    private byte[] EyesOf(I420View picture)
    {
        var eyes = new byte[_eyeSamples.Length];
        for (int i = 0; i < eyes.Length; i++)
            eyes[i] = picture.Y[(_eyeSamples[i].Y * picture.YStride) + _eyeSamples[i].X];
        return eyes;
    }

    private static (int X, int Y)[] SamplesOf(PatchTransform place, int width, int height)
    {
        var samples = new (int, int)[EyeColumns * EyeRows];
        for (int row = 0; row < EyeRows; row++)
        {
            for (int column = 0; column < EyeColumns; column++)
            {
                float u = EyesLeft + ((EyesRight - EyesLeft) * column / (EyeColumns - 1));
                float v = EyesTop + ((EyesBottom - EyesTop) * row / (EyeRows - 1));
                System.Numerics.Vector2 at = place.ToPicture(new(u, v));
                samples[(row * EyeColumns) + column] =
                    (Math.Clamp((int)MathF.Round(at.X), 0, width - 1), Math.Clamp((int)MathF.Round(at.Y), 0, height - 1));
            }
        }

        return samples;
    }
}
