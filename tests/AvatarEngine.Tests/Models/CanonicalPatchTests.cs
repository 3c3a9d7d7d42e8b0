using System.Numerics;
using System.Text.Json;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Tests.Models;

public sealed class CanonicalPatchTests
{
    // Mesh points of training's alignment.STABLE_POINTS.
    private static readonly int[] Stable = [33, 133, 362, 263, 168, 6];

    [Fact]
    public void Fit_GoldenPoints_IsTrainingsTransform()
    {
        float[] expected = Fixture.Json("conventions.json").GetProperty("alignment").GetProperty("transform_a_b_tx_ty").Numbers();
        PatchTransform t = CanonicalPatch.Fit([.. Stable.Select(GoldenPoint)]);
        Assert.Equal(expected[0], t.A, 1e-5);
        Assert.Equal(expected[1], t.B, 1e-5);
        Assert.Equal(expected[2], t.Tx, 1e-3);
        Assert.Equal(expected[3], t.Ty, 1e-3);
    }

    [Fact]
    public void ToPatch_GoldenPoints_AreTrainingsPlaces()
    {
        PatchTransform t = CanonicalPatch.Fit([.. Stable.Select(GoldenPoint)]);
        foreach (JsonProperty place in Fixture.Json("conventions.json").GetProperty("alignment").GetProperty("patch_of_point").EnumerateObject())
        {
            float[] expected = place.Value.Numbers();
            Vector2 at = t.ToPatch(GoldenPoint(int.Parse(place.Name, System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal(expected[0], at.X, 0.002);
            Assert.Equal(expected[1], at.Y, 0.002);
        }
    }

    [Fact]
    public void ExplicitNames_OfTheMotionCode_AreTrainings() => Assert.Equal(
        Fixture.Json("conventions.json").GetProperty("motion").GetProperty("explicit_names").EnumerateArray().Select(n => n.GetString()),
        MotionCode.ExplicitNames);

    [Fact]
    public void ToPicture_OfToPatch_IsTheSamePoint()
    {
        var t = new PatchTransform(1.3, -0.2, 40, 25);
        Vector2 back = t.ToPicture(t.ToPatch(new Vector2(77, 91)));
        Assert.Equal(77, back.X, 1e-3);
        Assert.Equal(91, back.Y, 1e-3);
    }

    [Fact]
    public void InScaledPicture_Half_MapsToHalfThePlace()
    {
        var t = new PatchTransform(1.2, 0.1, 40, 25);
        Vector2 whole = t.ToPicture(new Vector2(64, 59));
        Vector2 half = t.InScaledPicture(0.5, moveX: 3).ToPicture(new Vector2(64, 59));
        // Pixel centres at whole numbers: the left edge of the picture is at -0.5.
        Assert.Equal(((whole.X + 0.5) / 2) - 0.5 + 3, half.X, 1e-3);
        Assert.Equal(((whole.Y + 0.5) / 2) - 0.5, half.Y, 1e-3);
    }

    [Fact]
    public void Fit_FivePoints_Throws() => Assert.Throws<ArgumentException>(() => CanonicalPatch.Fit(new Vector2[5]));

    private static Vector2 GoldenPoint(int k) => new(60 + (37 * k % 101), 40 + (53 * k % 103));
}
