using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Codecs.Files;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Avatars;

/// <summary>A drawn face in a real file, and a reader that knows where it is.</summary>
internal sealed class TruthFile
{
    private readonly List<Vector2[]> _points = [];

    /// <summary>Draws a video.</summary>
    /// <param name="path">Where.</param>
    /// <param name="acting">What is acted, 25 pictures a second.</param>
    /// <param name="frames">Pictures.</param>
    /// <param name="sidePx">Width and height.</param>
    /// <param name="pcm">Sound at 16 kHz, or null for none.</param>
    /// <param name="cutAt">From this picture on light and dark are exchanged.</param>
    /// <param name="rate">Pictures a second of the file.</param>
    public static TruthFile Video(
        string path, FaceTimeline acting, int frames, int sidePx = 384, short[]? pcm = null, int cutAt = -1, int rate = 25)
    {
        var truth = new TruthFile();
        var settings = new VideoFileSettings { Width = sidePx, Height = sidePx, FramesPerSecond = rate, Crf = 14, AudioSampleRateHz = pcm is null ? null : 16_000 };
        using var writer = new VideoFileWriter(path, settings);
        using var renderer = new GalleryRenderer(Gallery.Maya, sidePx);
        var picture = new I420Frame(sidePx, sidePx);
        for (int n = 0; n < frames; n++)
        {
            truth.Draw(renderer, acting.AtFrame(n));
            PackedPicture.ToI420(renderer.Pixels, sidePx * 4, PackedOrder.Bgra, picture.View);
            if (cutAt >= 0 && n >= cutAt)
            {
                foreach (ref byte luma in picture.View.Y)
                    luma = (byte)(251 - luma);
            }

            writer.WriteFrame(picture.View);
            if (pcm is not null)
                writer.WriteAudio(pcm.AsSpan(Math.Min(pcm.Length, n * 640), Math.Clamp(pcm.Length - (n * 640), 0, 640)));
        }

        writer.Complete();
        return truth;
    }

    /// <summary>Draws a PNG.</summary>
    public static TruthFile Photo(string path, FaceParameters face = default, int sidePx = 512)
    {
        var truth = new TruthFile();
        using var renderer = new GalleryRenderer(Gallery.Maya, sidePx);
        truth.Draw(renderer, face);
        File.WriteAllBytes(path, renderer.EncodePng());
        return truth;
    }

    /// <summary>Reads the truth, picture by picture at 25 a second.</summary>
    /// <param name="turn">What was done to the picture between drawing and file.</param>
    public IFaceReader Reader(Func<Vector2, Vector2>? turn = null) => new TruthReader(_points, turn ?? (p => p));

    private void Draw(GalleryRenderer renderer, in FaceParameters face)
    {
        renderer.Render(face);
        var points = new Vector2[FacePoints.Count];
        DrawnPoints.Fill(renderer.Landmarks, face, points);
        _points.Add(points);
    }

    private sealed class TruthReader(List<Vector2[]> truth, Func<Vector2, Vector2> turn) : IFaceReader
    {
        private readonly Vector2[] _points = new Vector2[FacePoints.Count];

        public ReadOnlySpan<Vector2> RawPoints => _points;

        public float Presence => 1;

        public int FacesSeen => 1;

        public int Acquisitions => 1;

        public bool Update(I420View picture, TimeSpan time)
        {
            Vector2[] now = truth[Math.Min((int)Math.Round(time.TotalSeconds * 25), truth.Count - 1)];
            for (int i = 0; i < now.Length; i++)
                _points[i] = turn(now[i]);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
