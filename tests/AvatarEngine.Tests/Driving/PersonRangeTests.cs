using System.Text.Json;
using Avatar2D.AvatarEngine.Driving.Video;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Driving;

/// <summary>The person's range and the code by it, with the numbers of training's motion.py.</summary>
public sealed class PersonRangeTests
{
    private static readonly JsonElement Golden = Fixture.Json("conventions.json").GetProperty("motion");

    [Fact]
    public void Encode_GoldenGeometry_GivesTrainingsCode()
    {
        // The golden person: zero 0.1 everywhere, unit five times the population's range.
        float[] unit = [.. Golden.GetProperty("population_range").Numbers().Select(r => 5 * r)];
        var z = new float[24];
        Array.Fill(z, 9);
        new PersonRange([.. Enumerable.Repeat(0.1f, unit.Length)], unit).Encode(Golden.GetProperty("geometry").Numbers(), z);

        float[] wanted = Golden.GetProperty("explicit").Numbers();
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], z[i], 1e-3);
        Assert.All(z[MotionCode.ExplicitCount..], residual => Assert.Equal(0, residual));
    }

    [Fact]
    public void Stretch_GoldenCode_IsTrainingsStretch()
    {
        float[] z = Golden.GetProperty("explicit").Numbers();
        MotionCode.Stretch(z, Golden.GetProperty("stretch").GetSingle());
        Assert.All(Golden.GetProperty("stretched").Numbers().Zip(z), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void ToRange_ManyPictures_RestIsZeroAndTheOwnRangeIsOne()
    {
        // The opening goes evenly from 0.02 to 0.32: its 5th percentile is 0.035, its 95th 0.305.
        MouthSurvey survey = Survey(40_001, i => 0.02f + (0.3f * i / 40_000));
        PersonRange person = survey.ToRange();
        Assert.Equal(0, Gap(person, 0.035f), 0.01);
        Assert.Equal(1, Gap(person, 0.305f), 0.01);
        Assert.Equal(-0.056, Gap(person, 0.02f), 0.01);
    }

    [Fact]
    public void ToRange_FewPictures_LeansOnThePeopleOfTheTrainingData()
    {
        // 75 pictures of a mouth that trembles by nothing: half of the population's range, 0.114 / 2, is the least.
        Assert.Equal(1, Gap(Survey(75, _ => 0.1f).ToRange(), 0.1f + 0.057f), 0.02);
    }

    [Fact]
    public void ToRange_NothingSeen_Throws() => Assert.Throws<InvalidOperationException>(() => new MouthSurvey().ToRange());

    private static MouthSurvey Survey(int pictures, Func<int, float> opening)
    {
        var survey = new MouthSurvey();
        var measures = new float[MouthGeometry.Count];
        for (int i = 0; i < pictures; i++)
        {
            measures[MouthGeometry.Opening] = opening(i);
            survey.Add(measures);
        }

        Assert.Equal(pictures, survey.Pictures);
        return survey;
    }

    private static float Gap(PersonRange person, float opening)
    {
        var measures = new float[MouthGeometry.Count];
        measures[MouthGeometry.Opening] = opening;
        var z = new float[24];
        person.Encode(measures, z);
        return z[MotionCode.LipGap];
    }
}
