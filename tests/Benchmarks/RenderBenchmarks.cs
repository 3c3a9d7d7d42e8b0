using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Rendering;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Media;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Benchmarks;

/// <summary>A picture of 512x512 with a face as the gallery's stand in it: the whole of it, and what comes after the decoder.</summary>
public class RenderBenchmarks : IDisposable
{
    private const int SidePx = 512;
    private readonly I420Frame _picture = new(SidePx, SidePx);
    private readonly I420Frame _target = new(SidePx, SidePx);
    private readonly PatchTransform _place = new(1.5, 0.02, 160, 230);
    private FaceNetworks? _networks;
    private FaceRenderer? _renderer;
    private FaceSource? _source;
    private float[] _z = [];
    private PatchComposer? _composer;
    private PatchBlender? _blender;
    private IModelRunner? _decoder;

    /// <summary>Loads the model and makes a picture.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var engine = new EngineOptions();
        BaseModel model = BaseModel.Load(FaceEngine.FolderOf(engine, engine.Model));
        _networks = FaceNetworks.Load(model, new InferenceOptions { Provider = ProviderRequest.Cpu }, NullLogger.Instance);
        Span<byte> pixels = _picture.Pixels;
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(60 + (i * 37 % 101));
        PatchPicture reference = PatchPicture.Cut(_picture.View, _place, model.PatchPx);
        _source = new FaceSource([_place], reference, reference);
        _renderer = new FaceRenderer(_networks);
        _z = new float[_renderer.CodeCount];
        _z[MotionCode.JawOpen] = 0.5f;
        _composer = new PatchComposer(model.PatchPx, model.Window);
        _blender = new PatchBlender(model.PatchPx, model.Window);
        _decoder = _networks.CreateRunner(NetworkNames.Decoder);
        _decoder.Run();
    }

    [Benchmark(Description = "Picture with its mouth, 512x512")]
    public void Render() => _renderer!.Render(_source!, 0, _picture.View, _z, _target.View); // Set up above, as all here.

    [Benchmark(Description = "Patch composed")]
    public void Compose() =>
        _composer!.Compose(_decoder!.Output(0), _decoder.Output(1), _source!.ClosedPixels, _source.OpenPixels, 1, _blender!.Patch, _blender.Stride);

    [Benchmark(Description = "Patch blended into 512x512")]
    public void Blend() => _blender!.Blend(_place, _target.View);

    [GlobalCleanup]
    public void Dispose()
    {
        _decoder?.Dispose();
        _renderer?.Dispose();
        _networks?.Dispose();
        GC.SuppressFinalize(this);
    }
}
