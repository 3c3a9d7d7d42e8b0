using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Tests.Faces;

public sealed class FaceDetectorTests
{
    [Fact]
    public void Detect_OnePeak_IsItsRegionInThePicture()
    {
        FakeNetwork network = FakeNetwork.Detector();
        network.PutFace(8, 6, 3, sideLog2: 1, roll: 0.25f, dx: 0.5f, dy: -0.25f);
        using var detector = new FaceDetector(network);
        FaceDetection face = Assert.Single(detector.Detect(new TestPicture(400, 400).View).ToArray());
        // The padded window is 520 px wide about (199.5, 199.5); a cell is 32.5 px.
        Assert.Equal(199.5f - 260 + (9 * 32.5f), face.Region.X, 1e-2);
        Assert.Equal(199.5f - 260 + (6.25f * 32.5f), face.Region.Y, 1e-2);
        Assert.Equal(64 * 520 / 128f, face.Region.Side, 1e-2);
        Assert.Equal(0.25f, face.Region.Roll, 1e-4);
        Assert.Equal(1 / (1 + MathF.Exp(-3)), face.Score, 1e-5);
        Assert.Equal(1, network.Runs);
    }

    [Fact]
    public void Detect_NeighbouringCells_AreOneFace()
    {
        FakeNetwork network = FakeNetwork.Detector();
        network.PutFace(8, 8, 3);
        network.PutFace(9, 8, 2);
        network.PutFace(10, 8, 2.5f); // a second peak inside the same face
        using var detector = new FaceDetector(network);
        Assert.Single(detector.Detect(new TestPicture(400, 400).View).ToArray());
    }

    [Fact]
    public void Detect_TwoFaces_BestComesFirst()
    {
        FakeNetwork network = FakeNetwork.Detector();
        network.PutFace(2, 8, 1);
        network.PutFace(13, 8, 4);
        using var detector = new FaceDetector(network);
        FaceDetection[] faces = detector.Detect(new TestPicture(400, 400).View).ToArray();
        Assert.Equal(2, faces.Length);
        Assert.True(faces[0].Score > faces[1].Score);
        Assert.True(faces[0].Region.X > faces[1].Region.X);
    }

    [Fact]
    public void Detect_MoreFacesThanFit_KeepsTheBest()
    {
        FakeNetwork network = FakeNetwork.Detector();
        for (int i = 0; i < 16; i++)
            network.PutFace((i % 4 * 4) + 1, (i / 4 * 4) + 1, i * 0.3f, sideLog2: 0);
        using var detector = new FaceDetector(network);
        FaceDetection[] faces = detector.Detect(new TestPicture(400, 400).View).ToArray();
        Assert.Equal(FaceDetector.MaxFaces, faces.Length);
        Assert.Equal(1 / (1 + MathF.Exp(-15 * 0.3f)), faces[0].Score, 1e-5);
        Assert.Equal(1 / (1 + MathF.Exp(-8 * 0.3f)), faces[^1].Score, 1e-5);
    }

    [Theory]
    [InlineData(400, 400, 1 + 9)] // whole, then half tiles
    [InlineData(720, 360, 1 + 3 + 21)] // whole, tiles of 360, tiles of 180
    public void Detect_Nothing_SearchesSmallerTiles(int width, int height, int runs)
    {
        FakeNetwork network = FakeNetwork.Detector();
        using var detector = new FaceDetector(network);
        Assert.True(detector.Detect(new TestPicture(width, height).View).IsEmpty);
        Assert.Equal(runs, network.Runs);
    }

    [Fact]
    public void Detect_AfterWarmUp_AllocatesNothing()
    {
        FakeNetwork network = FakeNetwork.Detector();
        network.PutFace(8, 8, 3);
        using var detector = new FaceDetector(network);
        var picture = new TestPicture(320, 240);
        detector.Detect(picture.View);
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            detector.Detect(picture.View);
        }));
    }
}
