using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Registration;

public sealed class SteadyPicturesTests
{
    [Fact]
    public void TryRead_AFilmOf25_GivesEachPictureOnce() => Assert.Equal([0, 1, 2, 3], Read(false, 0, 0.04, 0.08, 0.12));

    [Fact]
    public void TryRead_AFilmOf50_LeavesOutEachSecond() => Assert.Equal([1, 3, 5], Read(false, 0, 0.02, 0.04, 0.06, 0.08, 0.10));

    [Fact]
    public void TryRead_AFilmOf12AndAHalf_ShowsEachTwice() => Assert.Equal([0, 0, 1, 1, 2], Read(false, 0, 0.08, 0.16));

    [Fact]
    public void TryRead_VariableRate_ShowsWhatIsShownThen() => Assert.Equal([0, 1, 1, 1, 2, 3], Read(false, 0, 0.03, 0.15, 0.19));

    [Fact]
    public void TryRead_ALateStart_CountsFromTheFirstPicture() => Assert.Equal([0, 1], Read(false, 5, 5.04));

    [Fact]
    public void TryRead_ALateStartFromZero_RepeatsTheFirst() => Assert.Equal([0, 0, 0, 1], Read(true, 0.08, 0.12));

    [Fact]
    public void TryRead_AGapOfManySeconds_EndsThere()
    {
        int[] read = Read(false, 0, 0.04, 60, 60.04);
        Assert.Equal([0, 1], read.Distinct());
        Assert.InRange(read.Length, 45, 55);
    }

    [Fact]
    public void TryRead_NoPictures_IsTheEnd() => Assert.Empty(Read(true));

    private static int[] Read(bool fromZero, params double[] times)
    {
        var pictures = new SteadyPictures(new Film(times), fromZero);
        var read = new List<int>();
        while (pictures.TryRead())
            read.Add(pictures.Picture.Y[0]);
        return [.. read];
    }

    private sealed class Film(double[] times) : IPictureReader
    {
        private readonly I420Frame _picture = new(16, 16);
        private int _next;

        public I420View Picture => _picture.View;

        public TimeSpan Time => TimeSpan.FromSeconds(times[_next - 1]);

        public TimeSpan? Duration => null;

        public bool TryRead()
        {
            if (_next == times.Length)
                return false;
            _picture.View.Y.Fill((byte)_next++);
            return true;
        }

        public void Rewind() => _next = 0;

        public void Dispose()
        {
        }
    }
}
