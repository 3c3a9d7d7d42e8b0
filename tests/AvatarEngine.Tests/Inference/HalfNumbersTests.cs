using Avatar2D.AvatarEngine.Inference;

namespace Avatar2D.AvatarEngine.Tests.Inference;

public sealed class HalfNumbersTests
{
    private static readonly Half[] Finite =
        [.. Enumerable.Range(0, 65536).Select(i => BitConverter.UInt16BitsToHalf((ushort)i)).Where(Half.IsFinite)];

    [Fact]
    public void Widen_EveryFiniteHalf_IsExact()
    {
        float[] wide = new float[Finite.Length];
        HalfNumbers.Widen(Finite, wide);
        Assert.Equal(Finite.Select(h => (float)h), wide);
    }

    [Fact]
    public void Narrow_EveryFiniteHalf_RoundTrips()
    {
        var narrow = new Half[Finite.Length];
        HalfNumbers.Narrow([.. Finite.Select(h => (float)h)], narrow);
        Assert.Equal(Finite.Select(BitConverter.HalfToUInt16Bits), narrow.Select(BitConverter.HalfToUInt16Bits));
    }

    [Fact]
    public void Narrow_AnyNumber_IsTheNearestHalf()
    {
        var random = new Random(5);
        float[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 5))))];
        var narrow = new Half[numbers.Length];
        HalfNumbers.Narrow(numbers, narrow);
        for (int i = 0; i < numbers.Length; i++)
            Assert.Equal(Math.Abs(numbers[i] - (float)(Half)numbers[i]), Math.Abs(numbers[i] - (float)narrow[i]));
    }

    [Fact]
    public void Narrow_TooLarge_Saturates()
    {
        var narrow = new Half[32];
        HalfNumbers.Narrow([.. Enumerable.Repeat(1e9f, 16), .. Enumerable.Repeat(float.NegativeInfinity, 16)], narrow);
        Assert.Equal([.. Enumerable.Repeat(Half.MaxValue, 16), .. Enumerable.Repeat(Half.MinValue, 16)], narrow);
    }
}
