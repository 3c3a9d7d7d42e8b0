using Avatar2D.Codecs.Video;
using Avatar2D.Media;
using BenchmarkDotNet.Attributes;

namespace Avatar2D.Benchmarks;

/// <summary>Per picture of 512x512.</summary>
public class PictureBenchmarks : IDisposable
{
    private const int Side = 512;
    private readonly I420Frame[] _pictures = [.. Enumerable.Range(0, 8).Select(Draw)];
    private readonly I420Frame _small = new(240, 320);
    private readonly I420Scaler _scaler = new(Side, Side, 240, 320, ScaleMode.Crop);
    private LibAvVideoEncoder? _encoder;
    private long _pts;

    /// <summary>The encoder runs as in a call.</summary>
    [GlobalSetup]
    public void SetUp() => _encoder = new LibAvVideoEncoder(new VideoEncoderSettings
    {
        Codec = VideoCodec.H264, Width = Side, Height = Side, FramesPerSecond = 25, BitRate = 600_000, EncoderName = "libx264", Preset = "ultrafast",
    });

    [Benchmark(Description = "I420 scale 512x512 to 240x320")]
    public void Scale() => _scaler.Scale(_pictures[0].View, _small.View);

    [Benchmark(Description = "H.264 encode 512x512, x264 ultrafast")]
    public int Encode() => _encoder!.Encode(_pictures[_pts & 7].View, ++_pts, forceKeyFrame: false).AccessUnit.Length; // Set up above.

    [GlobalCleanup]
    public void Dispose()
    {
        _encoder?.Dispose();
        GC.SuppressFinalize(this);
    }

    private static I420Frame Draw(int phase)
    {
        var frame = new I420Frame(Side, Side);
        I420View view = frame.View;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
                view.Y[(y * view.YStride) + x] = (byte)(128 + (90 * Math.Sin((x + (phase * 3)) * 0.02) * Math.Cos(y * 0.03)));
        }

        view.U.Fill(120);
        view.V.Fill(140);
        return frame;
    }
}
