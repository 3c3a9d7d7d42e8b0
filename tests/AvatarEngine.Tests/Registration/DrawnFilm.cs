using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Sources;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Registration;

/// <summary>The beginning of a scene as a film.</summary>
internal sealed class DrawnFilm(DrawnScene scene, int frames) : IPictureReader
{
    private int _next;

    public I420View Picture => scene.Pictures[_next - 1].View;

    public TimeSpan Time => SteadyPictures.TimeOf(_next - 1);

    public TimeSpan? Duration => SteadyPictures.TimeOf(frames);

    public bool TryRead()
    {
        if (_next == frames)
            return false;
        _next++;
        return true;
    }

    public void Rewind() => _next = 0;

    public void Dispose()
    {
    }

    /// <summary>A reader that knows the truth.</summary>
    public IFaceReader Truth(Func<int, bool>? seen = null, Action<Vector2[]>? bend = null, int faces = 1) => new TruthReader(scene, seen, bend, faces);

    private sealed class TruthReader(DrawnScene scene, Func<int, bool>? seen, Action<Vector2[]>? bend, int faces) : IFaceReader
    {
        private readonly Vector2[] _points = new Vector2[FacePoints.Count];
        private bool _had;

        public ReadOnlySpan<Vector2> RawPoints => _points;

        public float Presence => 1;

        public int FacesSeen => faces;

        public int Acquisitions { get; private set; }

        public bool Update(I420View picture, TimeSpan time)
        {
            int frame = (int)Math.Round(time.TotalSeconds * 25);
            bool has = seen?.Invoke(frame) ?? true;
            Acquisitions += has && !_had ? 1 : 0;
            _had = has;
            scene.Points[Math.Min(frame, scene.Points.Count - 1)].CopyTo(_points, 0);
            bend?.Invoke(_points);
            return has;
        }

        public void Dispose()
        {
        }
    }
}
