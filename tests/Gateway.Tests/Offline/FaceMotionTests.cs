using System.Numerics;
using Avatar2D.AvatarEngine.Driving.Video;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Gateway.Offline;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Offline;

/// <summary>A film drives a film: made pictures whose number is their mouth.</summary>
public sealed class FaceMotionTests
{
    private const int Hour = 60 * 60 * 25;

    [Fact]
    public void TryDrive_AnHourOfFilm_ReadsNoFurtherThanThePictureNeeds()
    {
        using var film = new Film(Hour);
        using var faces = new Faces();
        PersonRange person = FaceMotion.Survey(film, "film", faces, _ => { }, TestContext.Current.CancellationToken);
        using var motion = new FaceMotion(film, faces, person, 24, sound: null);
        var z = new float[24];
        int made = 0;
        Assert.Equal(0, AllocationMeter.LeastBytes(() => Drive(1000)));
        Drive(Hour);

        Assert.Equal(Hour, made);
        Assert.Equal(TimeSpan.FromHours(1), motion.Length);

        void Drive(int pictures)
        {
            for (int i = 0; i < pictures && motion.TryDrive(TimeSpan.FromSeconds(made / 25.0), z, out _); i++, made++)
            {
                if (film.Read < made + 1 || film.Read > made + 5)
                    Assert.Fail($"{film.Read} pictures are read for picture {made}");
            }
        }
    }

    [Theory]
    [InlineData(25)]
    [InlineData(15)]
    [InlineData(50)]
    public void TryDrive_AnyRate_MouthIsThatOfItsMoment(int fps)
    {
        using var film = new Film(400);
        using var faces = new Faces();
        PersonRange person = FaceMotion.Survey(film, "film", faces, _ => { }, TestContext.Current.CancellationToken);
        using var motion = new FaceMotion(film, faces, person, 24, sound: null);
        var z = new float[24];
        double worst = 0, least = double.MaxValue, most = double.MinValue;
        for (int i = 0; motion.TryDrive(TimeSpan.FromSeconds((double)i / fps), z, out _); i++)
        {
            double phase = 2 * Math.PI * i / fps; // The mouth opens once a second.
            least = Math.Min(least, z[MotionCode.LipGap]);
            most = Math.Max(most, z[MotionCode.LipGap]);
            double wanted = 0.5 - (0.5 * Math.Cos(phase));
            worst = Math.Max(worst, Math.Abs(wanted - z[MotionCode.LipGap]));
        }

        Assert.InRange(least, -0.1, 0.05);
        Assert.InRange(most, 0.9, 1.1);
        Assert.True(worst < 0.13, $"{worst:0.00} beside it");
    }

    [Fact]
    public void TryDrive_FaceLeaves_MouthCloses()
    {
        using var film = new Film(100);
        using var faces = new Faces { LeavesAt = 60 };
        PersonRange person = FaceMotion.Survey(film, "film", faces, _ => { }, TestContext.Current.CancellationToken);
        using var motion = new FaceMotion(film, faces, person, 24, sound: null);
        var z = new float[24];
        for (int i = 0; i < 80; i++)
            Assert.True(motion.TryDrive(TimeSpan.FromSeconds(i / 25.0), z, out _));
        Assert.True(motion.TryDrive(TimeSpan.FromSeconds(80 / 25.0), z, out float voice));

        Assert.InRange(voice, 0, 0.01);
        Assert.All(z, number => Assert.InRange(number, -0.02, 0.02));
    }

    [Fact]
    public void Survey_HardlyAFace_SaysWhatADrivingVideoIs()
    {
        using var film = new Film(100);
        using var faces = new Faces { LeavesAt = 10 };
        var refusal = Assert.Throws<InvalidDataException>(
            () => FaceMotion.Survey(film, "street.mp4", faces, _ => { }, TestContext.Current.CancellationToken));
        Assert.StartsWith("street.mp4 shows a face in 10 of 100 pictures", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Pictures of 2 x 2 pixels at 25 a second.</summary>
    private sealed class Film(int pictures) : IPictureReader
    {
        private readonly I420Frame _picture = new(2, 2);

        public int Read { get; private set; }

        public I420View Picture => _picture.View;

        public TimeSpan Time => TimeSpan.FromSeconds((Read - 1) / 25.0);

        public TimeSpan? Duration => TimeSpan.FromSeconds(pictures / 25.0);

        public bool TryRead() => Read < pictures && ++Read > 0;

        public void Rewind() => Read = 0;

        public void Dispose()
        {
        }
    }

    /// <summary>A face whose lips part once a second, by its landmarks.</summary>
    private sealed class Faces : IFaceReader
    {
        private readonly Vector2[] _points = new Vector2[FacePoints.Count];

        public Faces()
        {
            // The six stable points where the canonical patch has them, the rest anywhere below.
            for (int i = 0; i < _points.Length; i++)
                _points[i] = new Vector2(30 + (i % 7), 40 + (i % 5));
            ReadOnlySpan<byte> stable = FacePoints.Stable;
            for (int i = 0; i < stable.Length; i++)
                _points[stable[i]] = CanonicalPatch.Template[i];
        }

        public int LeavesAt { get; init; } = int.MaxValue;

        public ReadOnlySpan<Vector2> RawPoints => _points;

        public float Presence => 1;

        public int FacesSeen => 1;

        public int Acquisitions => 1;

        public bool Update(I420View picture, TimeSpan time)
        {
            if (time.TotalSeconds * 25 > LeavesAt - 0.5)
                return false;
            float gap = 67 * 0.3f * (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * time.TotalSeconds)));
            for (int i = -1; i <= 1; i++)
            {
                _points[FacePoints.UpperLipInner + i] = new Vector2(64, 80);
                _points[FacePoints.LowerLipInner + i] = new Vector2(64, 80 + gap);
            }

            return true;
        }

        public void Dispose()
        {
        }
    }
}
