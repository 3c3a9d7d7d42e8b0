using System.Numerics;
using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Tests.Faces;

public sealed class FaceTrackerTests
{
    private static readonly float[] Places = PlacesOfMaya();
    private readonly FakeNetwork _detector = FakeNetwork.Detector();
    private readonly FakeNetwork _landmarks = FakeNetwork.Landmarks();
    private readonly TestPicture _picture = new(400, 400);
    private int _frame;

    [Fact]
    public void Update_FaceInThePicture_IsFoundAndFollowed()
    {
        using FaceTracker tracker = Tracker();
        ShowFace();
        Assert.True(Next(tracker));
        int searches = _detector.Runs;
        for (int n = 0; n < 5; n++)
            Assert.True(Next(tracker));
        Assert.Equal(searches, _detector.Runs);
        Assert.Equal(1, tracker.Acquisitions);
        Assert.Equal(1, tracker.FacesSeen);
    }

    [Fact]
    public void Update_NoFace_SearchesEveryThirdPicture()
    {
        using FaceTracker tracker = Tracker();
        for (int n = 0; n < 7; n++)
            Assert.False(Next(tracker));
        Assert.Equal(3 * 10, _detector.Runs); // pictures 0, 3 and 6, ten windows each
    }

    [Fact]
    public void Update_PresenceFallsBelowKeep_SearchesInTheSamePicture()
    {
        using FaceTracker tracker = Tracker();
        ShowFace();
        Next(tracker);
        _landmarks.PutLandmarks(Places, -3);
        _detector.ClearFaces();
        int before = _detector.Runs;
        Assert.False(Next(tracker));
        Assert.True(_detector.Runs > before);
        Assert.False(tracker.HasFace);
    }

    [Fact]
    public void Update_DoubtfulPresence_KeepsAFaceButTakesNone()
    {
        using FaceTracker tracker = Tracker();
        ShowFace();
        Next(tracker);
        _landmarks.PutLandmarks(Places, -0.2f); // 0.45: between keep and accept
        Assert.True(Next(tracker));
        tracker.Reset();
        Assert.False(Next(tracker));
    }

    [Fact]
    public void Update_FaceJumps_IsFoundAnew()
    {
        using FaceTracker tracker = Tracker();
        ShowFace();
        Next(tracker);
        _landmarks.PutLandmarks(Places, 4, moveX: 0.45f);
        Next(tracker);
        Assert.Equal(2, tracker.Acquisitions);
    }

    [Fact]
    public void Points_OfAMovingFace_LagLessThanTheyJitter()
    {
        using FaceTracker tracker = Tracker();
        ShowFace();
        float raw = 0, smooth = 0, lastRaw = 0, lastSmooth = 0;
        for (int n = 0; n < 60; n++)
        {
            _landmarks.PutLandmarks(Places, 4, moveX: 0.0004f * ((n * 7 % 5) - 2) - Drift(tracker));
            Next(tracker);
            if (n > 20)
            {
                raw += MathF.Abs(tracker.RawPoints[FacePoints.NoseTip].X - lastRaw);
                smooth += MathF.Abs(tracker.Points[FacePoints.NoseTip].X - lastSmooth);
            }

            lastRaw = tracker.RawPoints[FacePoints.NoseTip].X;
            lastSmooth = tracker.Points[FacePoints.NoseTip].X;
        }

        Assert.True(smooth < raw * 0.6f, $"{smooth} of {raw}");
    }

    [Fact]
    public void Update_AfterWarmUp_AllocatesNothing()
    {
        using FaceTracker tracker = Tracker();
        ShowFace();
        Next(tracker);
        Next(tracker);
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int n = 0; n < 5; n++)
                Next(tracker);
        }));
    }

    // The fake network answers relative to the crop; this takes the region's wander back so that the face stands still.
    private static float Drift(FaceTracker tracker) => tracker.HasFace ? (tracker.Region.X - 200) / tracker.Region.Side : 0;

    private FaceTracker Tracker() => new(new FaceDetector(_detector), new FaceLandmarker(_landmarks), new FaceTrackerOptions());

    private bool Next(FaceTracker tracker) => tracker.Update(_picture.View, TimeSpan.FromMilliseconds(40 * _frame++));

    private void ShowFace()
    {
        _detector.PutFace(8, 8, 3);
        _landmarks.PutLandmarks(Places, 4);
    }

    private static float[] PlacesOfMaya()
    {
        Vector2[] points = new DrawnFace(Avatar2D.AvatarEngine.Gallery.Gallery.Maya, size: 128).Points;
        FaceRegion region = FaceRegion.Around(points);
        return [.. points.SelectMany(p => new[] { (p.X - region.X) / region.Side, (p.Y - region.Y) / region.Side })];
    }
}
