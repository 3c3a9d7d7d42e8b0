using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.AvatarEngine.Tests.Models;
using Avatar2D.AvatarEngine.Tests.Rendering;
using Avatar2D.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.AvatarEngine.Tests.Staging;

/// <summary>A clip with a face becomes a stage that can speak: references first, then the loop.</summary>
public sealed class StageLoaderTests : IDisposable
{
    private const int Side = 96;
    private static readonly StageKey Key = new("a", Side / 2, Side / 2);
    private static readonly PictureFit Fit = new((from, to) => new I420Scaler(Side, Side, Side / 2, Side / 2, ScaleMode.Crop).Scale(from, to), 0.5, 0, 0);

    private readonly FaceNetworks _networks =
        FaceNetworks.Load(BaseModel.Load(Fixture.PathOf("mini")), new InferenceOptions(), NullLogger.Instance);

    public void Dispose() => _networks.Dispose();

    [Fact]
    public void TryLoadNext_ClipWithAFace_GivesReferencesLoopAndFeatures()
    {
        using var loader = new StageLoader(new Clip(loop: 3), Key, Fit, _networks);
        while (loader.TryLoadNext())
        {
        }

        Stage stage = loader.Stage;
        Assert.Equal(3, stage.ReadyFrames);
        Assert.Equal(30, stage[0].View.Y[0]); // Pictures 0 and 1 of the clip are the references.
        StageFace face = Assert.IsType<StageFace>(stage.Face);
        Assert.True(face.MouthStaysClosed);
        Assert.Equal(3, face.Source.ReadyFrames);
        Assert.Equal(1.25f, face.Source.MouthGain);
        Assert.Equal(TestPictures.At(0.25, ((12 + 2 + 0.5) * 0.5) - 0.5, ((8 + 0.5) * 0.5) - 0.5), face.Source.Transform(2));
        Assert.InRange(face.Source.Closed.Rgb[0], 0, 0.01f); // Luma 16.
        Assert.InRange(face.Source.Open.Rgb[0], 0.99f, 1); // Luma 235.
        Assert.Equal((I420Frame.SizeBytes(Side / 2, Side / 2) + face.FeatureBytes) * 3, stage.SizeBytes);
        Assert.True(face.FeatureBytes > 0);
    }

    [Fact]
    public void TryLoadNext_NoModel_ShowsTheLoopWithoutTheReferences()
    {
        using var loader = new StageLoader(new Clip(loop: 2), Key, Fit, networks: null);
        Assert.True(loader.TryLoadNext());

        Assert.Null(loader.Stage.Face);
        Assert.Equal(30, loader.Stage[0].View.Y[0]);
    }

    [Fact]
    public void TryLoadNext_SourceEncoderFails_LoopIsThereWithoutFeatures()
    {
        using var folder = new ModelFolder();
        folder.Replace("source_encoder.onnx", File.ReadAllBytes(Fixture.PathOf("failing-source_encoder.onnx")));
        using FaceNetworks failing = FaceNetworks.Load(BaseModel.Load(folder.Root), new InferenceOptions(), NullLogger.Instance);
        using var loader = new StageLoader(new Clip(loop: 3), Key, Fit, failing);
        while (loader.TryLoadNext())
        {
        }

        Assert.Equal(3, loader.Stage.ReadyFrames);
        Assert.Equal(0, Assert.IsType<StageFace>(loader.Stage.Face).Source.ReadyFrames);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void New_ClipWithoutItsReferences_Throws(int readable) =>
        Assert.Throws<InvalidDataException>(() => new StageLoader(new Clip(loop: 1, readable), Key, Fit, _networks));

    /// <summary>Flat pictures: black, white, then luma 30, 31, ... of the loop.</summary>
    private sealed class Clip(int loop, int readable = int.MaxValue) : ISourceFrames
    {
        private int _next;

        public int Width => Side;

        public int Height => Side;

        public double FramesPerSecond => 25;

        public int FrameCount => loop;

        public FaceTrack? Face { get; } = new(Enumerable.Range(0, loop + FaceTrack.References)
            .Select(i => TestPictures.At(0.5, 10 + i, 8))) { MouthStaysClosed = true, MouthGain = new MouthGain("mini", 1.25f) };

        public bool TryReadNext(I420View target)
        {
            if (_next >= Math.Min(readable, loop + FaceTrack.References))
                return false;
            target.Y.Fill(_next switch { 0 => 16, 1 => 235, _ => (byte)(28 + _next) });
            target.U.Fill(128);
            target.V.Fill(128);
            _next++;
            return true;
        }

        public void Dispose()
        {
        }
    }
}
