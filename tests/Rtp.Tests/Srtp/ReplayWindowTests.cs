using Avatar2D.Rtp.Srtp;

namespace Avatar2D.Rtp.Tests.Srtp;

public sealed class ReplayWindowTests
{
    [Fact]
    public void IsFresh_RandomOrder_IsWhatASetSays()
    {
        ReplayWindow window = default;
        var seen = new HashSet<long>();
        long highest = -1;
        Random random = new(3);
        long middle = 1000;
        for (int i = 0; i < 50_000; i++)
        {
            middle += random.Next(4) == 0 ? random.Next(300) : random.Next(3);
            long index = Math.Max(0, middle - random.Next(200));
            bool expected = !seen.Contains(index) && (seen.Count == 0 || index > highest - ReplayWindow.Size);
            Assert.Equal(expected, window.IsFresh(index));
            if (!expected)
                continue;
            window.Add(index);
            seen.Add(index);
            highest = Math.Max(highest, index);
        }
    }
}
