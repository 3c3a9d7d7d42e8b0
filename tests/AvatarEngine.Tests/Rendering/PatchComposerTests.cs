using System.Numerics;
using System.Text.Json;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Rendering;

namespace Avatar2D.AvatarEngine.Tests.Rendering;

public sealed class PatchComposerTests
{
    private const int Size = 16;

    [Fact]
    public void Compose_GoldenTensors_IsTrainingsCompose()
    {
        JsonElement golden = Fixture.Json("rendering.json").GetProperty("composition");
        var result = new Vector4[Size * Size];
        PatchComposer.Compose(Output(), Reference(53, 7, 97), Reference(29, 3, 89), Size, presence: 1, result);
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

        Assert.True(i >= Size * Size);
    }

    [Fact]
    public void Compose_HalfPresence_IsHalfOfAll()
    {
        var whole = new Vector4[Size * Size];
        var half = new Vector4[Size * Size];
        PatchComposer.Compose(Output(), Reference(53, 7, 97), Reference(29, 3, 89), Size, presence: 1, whole);
        PatchComposer.Compose(Output(), Reference(53, 7, 97), Reference(29, 3, 89), Size, presence: 0.5f, half);
        Assert.All(whole.Zip(half), pair => Assert.InRange(((pair.First * 0.5f) - pair.Second).Length(), 0, 1e-3f));
    }

    [Fact]
    public void Compose_NotANumber_LeavesThePixelOut()
    {
        float[] output = Output();
        output[(10 * Size * Size) + 5] = float.NaN;
        output[9] = float.NaN;
        output[10] = float.PositiveInfinity;
        var result = new Vector4[Size * Size];
        PatchComposer.Compose(output, Reference(53, 7, 97), Reference(29, 3, 89), Size, presence: 1, result);
        Assert.Equal(Vector4.Zero, result[5]);
    }

    [Fact]
    public void Halve_Patch_IsTheMeanOfFour()
    {
        Vector4[] from = [new(1), new(2), new(0), new(0), new(3), new(6), new(0), new(4), new(1), new(1), new(2), new(2), new(1), new(1), new(2), new(2)];
        var to = new Vector4[4];
        PatchComposer.Halve(from, 4, to);
        Assert.Equal([new(3), new(1), new(1), new(2)], to);
    }

    private static float[] Output()
    {
        int n = Size * Size;
        float[] output = Made(11 * n, 37, 0, 101);
        for (int i = 0; i < 4 * n; i++)
            output[i] = (output[i] - 0.5f) * 6;
        for (int i = 0; i < n; i++)
        {
            float sum = output[(4 * n) + i] + output[(5 * n) + i] + output[(6 * n) + i] + 0.3f;
            for (int c = 4; c < 7; c++)
                output[(c * n) + i] = (output[(c * n) + i] + 0.1f) / sum;
        }

        return output;
    }

    private static Vector4[] Reference(int factor, int start, int modulus)
    {
        int n = Size * Size;
        float[] rgb = Made(3 * n, factor, start, modulus);
        return [.. Enumerable.Range(0, n).Select(i => Bt601.FromRgb(rgb[i], rgb[n + i], rgb[(2 * n) + i]))];
    }

    private static float[] Made(int count, int factor, int start, int modulus) =>
        [.. Enumerable.Range(0, count).Select(i => (((i * factor) + start) % modulus) / (float)modulus)];
}
