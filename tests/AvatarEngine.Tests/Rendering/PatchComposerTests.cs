using System.Numerics;
using System.Text.Json;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Rendering;

namespace Avatar2D.AvatarEngine.Tests.Rendering;

public sealed class PatchComposerTests
{
    private const int Patch = 24;
    private const int Side = 16;
    private const int Cells = Side * Side / 4;
    private readonly PatchComposer _composer = new(Patch, new PatchWindow(5, 3, Side));
    private readonly Vector4[] _closed = Reference(53, 7, 97);
    private readonly Vector4[] _open = Reference(29, 3, 89);

    [Fact]
    public void Compose_GoldenTensors_IsTrainingsCompose()
    {
        JsonElement golden = Fixture.Json("rendering.json").GetProperty("composition");
        var result = new Vector4[Side * Side];
        _composer.Compose(Field(), Paint(), _closed, _open, presence: 1, result, Side);
        int i = 0;
        foreach (JsonElement row in golden.GetProperty("rows").EnumerateArray())
        {
            float[] expected = row.Numbers();
            Assert.Equal(expected[0], result[i].X, 0.01);
            Assert.Equal(expected[1], result[i].Y, 0.01);
            Assert.Equal(expected[2], result[i].Z, 0.01);
            Assert.Equal(expected[3], result[i].W, 0.001);
            i += golden.GetProperty("every").GetInt32();
        }

        Assert.True(i >= Side * Side);
    }

    [Fact]
    public void Compose_HalfPresence_IsHalfOfAll()
    {
        var whole = new Vector4[Side * Side];
        var half = new Vector4[Side * Side];
        _composer.Compose(Field(), Paint(), _closed, _open, presence: 1, whole, Side);
        _composer.Compose(Field(), Paint(), _closed, _open, presence: 0.5f, half, Side);
        Assert.All(whole.Zip(half), pair => Assert.InRange(((pair.First * 0.5f) - pair.Second).Length(), 0, 1e-3f));
    }

    [Fact]
    public void Compose_NotANumber_LeavesThePixelOut()
    {
        float[] field = Field();
        float[] paint = Paint();
        paint[(12 * Cells) + 2] = float.NaN; // The mask of the third cell's first pixel.
        field[20] = float.NaN;
        field[30] = float.PositiveInfinity;
        var result = new Vector4[Side * Side];
        _composer.Compose(field, paint, _closed, _open, presence: 1, result, Side);
        Assert.Equal(Vector4.Zero, result[4]);
    }

    [Fact]
    public void Halve_Patch_IsTheMeanOfFour()
    {
        Vector4[] from = [new(1), new(2), new(0), new(0), new(3), new(6), new(0), new(4), new(1), new(1), new(2), new(2), new(1), new(1), new(2), new(2)];
        var to = new Vector4[4];
        PatchComposer.Halve(from, 4, to);
        Assert.Equal([new(3), new(1), new(1), new(2)], to);
    }

    private static float[] Field()
    {
        float[] field = Made(7 * Cells, 37, 0, 101);
        for (int i = 0; i < 4 * Cells; i++)
            field[i] = (field[i] - 0.5f) * 6;
        for (int i = 0; i < Cells; i++)
        {
            float sum = field[(4 * Cells) + i] + field[(5 * Cells) + i] + field[(6 * Cells) + i] + 0.3f;
            for (int c = 4; c < 7; c++)
                field[(c * Cells) + i] = (field[(c * Cells) + i] + 0.1f) / sum;
        }

        return field;
    }

    private static float[] Paint() => Made(16 * Cells, 41, 5, 103);

    private static Vector4[] Reference(int factor, int start, int modulus)
    {
        const int n = Patch * Patch;
        float[] rgb = Made(3 * n, factor, start, modulus);
        return [.. Enumerable.Range(0, n).Select(i => Bt601.FromRgb(rgb[i], rgb[n + i], rgb[(2 * n) + i]))];
    }

    private static float[] Made(int count, int factor, int start, int modulus) =>
        [.. Enumerable.Range(0, count).Select(i => (((i * factor) + start) % modulus) / (float)modulus)];
}
