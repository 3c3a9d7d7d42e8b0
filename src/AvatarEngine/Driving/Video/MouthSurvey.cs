using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Driving.Video;

/// <summary>
/// Learns a person's range off all pictures of a film, in memory that does not grow with it: a histogram of each measure. A person who
/// is seen shortly has a range between the own and that of the people of the training data, as in training's motion.py.
/// </summary>
public sealed class MouthSurvey
{
    /// <summary>Measures lie between -1.5 and 2.5 eye distances; a step is a two-thousandth.</summary>
    private const float Lowest = -1.5f, StepsPerUnit = 2000;

    private const int Steps = 8000;

    /// <summary>Weight of the training data's people, pictures: three seconds.</summary>
    private const float PriorPictures = 75;

    /// <summary>Measures whose zero is a low percentile, as they only go one way: jaw and opening.</summary>
    private const int OneWay = 2;

    private readonly int[] _counts = new int[MouthGeometry.Count * Steps];

    /// <summary>Ranges (95th less 5th percentile) of the training data's people, medians, eye distances: POPULATION_RANGE of motion.py.</summary>
    private static ReadOnlySpan<float> PopulationRange =>
        [0.140f, 0.114f, 0.093f, 0.057f, 0.057f, 0.079f, 0.083f, 0.047f, 0.096f, 0.026f, 0.036f, 0.040f, 0.031f];

    /// <summary>Pictures taken.</summary>
    public int Pictures { get; private set; }

    /// <summary>Takes the mouth of a picture.</summary>
    /// <param name="measures"><see cref="MouthGeometry.Count"/> numbers.</param>
    public void Add(ReadOnlySpan<float> measures)
    {
        for (int i = 0; i < MouthGeometry.Count; i++)
        {
            int step = (int)Math.Clamp((measures[i] - Lowest) * StepsPerUnit, 0, Steps - 1);
            _counts[(i * Steps) + step]++;
        }

        Pictures++;
    }

    /// <summary>The range of all that was taken.</summary>
    /// <exception cref="InvalidOperationException">Nothing was.</exception>
    public PersonRange ToRange()
    {
        if (Pictures == 0)
            throw new InvalidOperationException("No picture was surveyed.");
        var zero = new float[MouthGeometry.Count];
        var unit = new float[MouthGeometry.Count];
        for (int i = 0; i < zero.Length; i++)
        {
            float low = Percentile(i, 0.05f), high = Percentile(i, 0.95f);
            float spread = ((Pictures * (high - low)) + (PriorPictures * PopulationRange[i])) / (Pictures + PriorPictures);
            spread = Math.Max(spread, PopulationRange[i] / 2);
            bool oneWay = i < OneWay;
            zero[i] = oneWay ? low : Percentile(i, 0.5f);
            unit[i] = oneWay ? spread : spread / 2;
        }

        return new PersonRange(zero, unit);
    }

    /// <summary>The measure that a share of the pictures does not exceed, to half a step.</summary>
    private float Percentile(int measure, float share)
    {
        ReadOnlySpan<int> counts = _counts.AsSpan(measure * Steps, Steps);
        double wanted = share * (Pictures - 1);
        long below = 0;
        int step = 0;
        for (; step < Steps - 1 && below + counts[step] <= wanted; step++)
            below += counts[step];
        return Lowest + ((step + 0.5f) / StepsPerUnit);
    }
}
