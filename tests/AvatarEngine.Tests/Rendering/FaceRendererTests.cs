using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.AvatarEngine.Tests.Inference;
using Avatar2D.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.AvatarEngine.Tests.Rendering;

/// <summary>The whole way through ONNX Runtime with the mini model: it shows the closed reference, or by jawOpen the open one.</summary>
public sealed class FaceRendererTests : IDisposable
{
    private const int Side = 96;
    private static readonly PatchTransform Place = TestPictures.At(0.5, 15.3, 20.8);

    private static readonly TensorSpec[] Answer = [new("field", [7, 16, 16]), new("paint", [16, 16, 16])];

    private readonly FaceNetworks _networks =
        FaceNetworks.Load(BaseModel.Load(Fixture.PathOf("mini")), new InferenceOptions(), NullLogger.Instance);

    private readonly FaceRenderer _renderer;
    private readonly I420Frame _picture = TestPictures.Waves(Side, Side);
    private readonly I420Frame _target = new(Side, Side);
    private readonly float[] _z = new float[24];

    public FaceRendererTests() => _renderer = new FaceRenderer(_networks);

    public void Dispose()
    {
        _renderer.Dispose();
        _networks.Dispose();
    }

    [Fact]
    public void Render_SourceItselfAsReference_LeavesThePicture()
    {
        // At this scale a patch pixel is two picture pixels wide, so the waves lose a little; flat mistakes would be tens of levels.
        _renderer.Render(Source(_picture, _picture), 0, _picture.View, _z, _target.View);
        Assert.InRange(TestPictures.Difference(_picture.View.Y, _target.View.Y), 1, 4);
        Assert.InRange(TestPictures.Difference(_picture.View.U, _target.View.U), 0, 2);
        Assert.InRange(TestPictures.Difference(_picture.View.V, _target.View.V), 0, 2);
    }

    [Fact]
    public void Render_JawOpen_ShowsTheOpenReference()
    {
        FaceSource source = Source(_picture, TestPictures.Flat(Side, Side, 200, 100, 150));
        _z[MotionCode.JawOpen] = 1;
        _renderer.Render(source, 0, _picture.View, _z, _target.View);
        int middle = (47 * Side) + 47;
        Assert.Equal(200, _target.View.Y[middle], 1.0);
        Assert.Equal(100, _target.View.U[(23 * Side / 2) + 23], 1.0);
        Assert.Equal(150, _target.View.V[(23 * Side / 2) + 23], 1.0);
        Assert.Equal(_picture.View.Y[Side + 1], _target.View.Y[Side + 1]);
    }

    [Fact]
    public void Render_LipGap_ShowsTheColourThatTheFeaturesHold()
    {
        // White source and references make features of 1, and the mini decoder makes white of these.
        I420Frame white = TestPictures.Flat(Side, Side, 235);
        _z[MotionCode.LipGap] = 1;
        _renderer.Render(Source(white, white), 0, white.View, _z, _target.View);
        Assert.InRange(TestPictures.Difference(white.Pixels, _target.Pixels), 0, 1);
    }

    [Fact]
    public void Render_MouthGain_StretchesTheOpening()
    {
        FaceSource source = Source(TestPictures.Flat(Side, Side, 100), TestPictures.Flat(Side, Side, 200), gain: 1.5f);
        _z[MotionCode.JawOpen] = 0.4f;
        _renderer.Render(source, 0, _picture.View, _z, _target.View);
        Assert.Equal(160, _target.View.Y[(47 * Side) + 47], 1.0);
        Assert.Equal(0.4f, _z[MotionCode.JawOpen]);
    }

    [Fact]
    public void Render_SecondCallOnTheSameSource_UsesItsFeatures()
    {
        FaceSource source = Source(_picture, _picture, frames: 3);
        Assert.Equal(0, source.ReadyFrames);
        _renderer.Prepare(source, 1, _picture.View);
        _renderer.Render(source, 1, _picture.View, _z, _target.View);
        using var other = new FaceRenderer(_networks);
        other.Render(source, 1, _picture.View, _z, _target.View);
        Assert.Equal(1, source.ReadyFrames);
    }

    [Fact]
    public void Render_FramesByTurns_EachHasItsOwnFeatures()
    {
        I420Frame black = TestPictures.Flat(Side, Side, 16);
        I420Frame white = TestPictures.Flat(Side, Side, 235);
        FaceSource source = Source(white, white, frames: 2);
        _z[MotionCode.LipGap] = 1; // The colour is the mean of source, closed and open reference.
        for (int turn = 0; turn < 2; turn++)
        {
            _renderer.Render(source, 0, white.View, _z, _target.View);
            Assert.Equal(235, _target.View.Y[(47 * Side) + 47], 1.0);
            _renderer.Render(source, 1, black.View, _z, _target.View);
            Assert.Equal(16 + (219 * 2 / 3.0), _target.View.Y[(47 * Side) + 47], 1.5);
        }
    }

    [Fact]
    public void Render_Steadily_AllocatesNothing()
    {
        FaceSource source = Source(_picture, _picture, frames: 2);
        for (int i = 0; i < 50; i++)
            _renderer.Render(source, i & 1, _picture.View, _z, _target.View);

        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int i = 0; i < 50; i++)
                _renderer.Render(source, i & 1, _picture.View, _z, _target.View);
        }));
    }

    [Fact]
    public void Render_NoPresence_IsTheSourceAndRunsNothing()
    {
        using var failing = new FaceRenderer(
            _networks.Model, new FakeRunner([new("pictures", [9, 32, 32])], [], (_, _) => throw new InferenceException("ran")),
            new FakeRunner([new("z", [24])], Answer, (_, _) => throw new InferenceException("ran")));
        failing.Render(Source(_picture, _picture), 0, _picture.View, _z, _target.View, presence: 0);
        Assert.True(_target.Pixels.SequenceEqual(_picture.Pixels));
    }

    [Fact]
    public void Render_HalfPresence_LiesBetweenSourceAndPatch()
    {
        I420Frame dark = TestPictures.Flat(Side, Side, 50);
        FaceSource source = Source(TestPictures.Flat(Side, Side, 150), dark);
        _renderer.Render(source, 0, dark.View, _z, _target.View, presence: 0.5f);
        Assert.Equal(100, _target.View.Y[(47 * Side) + 47], 1.0);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void Render_PresenceOutOfRange_Throws(float presence) => Assert.Throws<ArgumentOutOfRangeException>(
        () => _renderer.Render(Source(_picture, _picture), 0, _picture.View, _z, _target.View, presence));

    [Fact]
    public void Render_DecoderThatFails_LeavesTheSourcePicture()
    {
        TensorSpec[] z = [new("z", [24])];
        using var renderer = new FaceRenderer(
            _networks.Model, new FakeRunner([new("pictures", [9, 32, 32])], [], (_, _) => { }),
            new FakeRunner(z, Answer, (_, _) => throw new InferenceException("lost")));
        Assert.Throws<InferenceException>(() => renderer.Render(Source(_picture, _picture), 0, _picture.View, _z, _target.View));
        Assert.True(_target.Pixels.SequenceEqual(_picture.Pixels));
    }

    [Fact]
    public void Render_WrongSizes_Throws()
    {
        Assert.Throws<ArgumentException>(() => _renderer.Render(Source(_picture, _picture), 0, _picture.View, new float[23], _target.View));
        Assert.Throws<ArgumentException>(() => _renderer.Render(Source(_picture, _picture), 0, _picture.View, _z, new I420Frame(64, 64).View));
        PatchPicture small = PatchPicture.Cut(_picture.View, Place, 16);
        Assert.Throws<ArgumentException>(() => _renderer.Render(new FaceSource([Place], small, small), 0, _picture.View, _z, _target.View));
    }

    [Fact]
    public void Constructor_ReferencesOfTwoSizes_Throws() => Assert.Throws<ArgumentException>(() => new FaceSource(
        [Place], PatchPicture.Cut(_picture.View, Place, 16), PatchPicture.Cut(_picture.View, Place, 32)));

    private static FaceSource Source(I420Frame closed, I420Frame open, int frames = 1, float gain = 1) =>
        new([.. Enumerable.Repeat(Place, frames)], PatchPicture.Cut(closed.View, Place, 32), PatchPicture.Cut(open.View, Place, 32)) { MouthGain = gain };
}
