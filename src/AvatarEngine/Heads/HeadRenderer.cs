using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>
/// Pictures of one person made from a morphable head, with the exact places of her landmarks. Four samples a pixel, no native code.
/// One instance serves one thread; its memory is made once.
/// </summary>
public sealed class HeadRenderer
{
    private const int Samples = 2; // a side
    private const float EyesPerSide = 0.135f; // distance of the eyes over the side of the picture, before HeadScale
    private static readonly Vector3 Pivot = new(0, -2, 2); // where the neck turns, centimetres

    private readonly HeadModel _model;
    private readonly HeadLook _look;
    private readonly HeadScene _scene;
    private readonly HeadMotion _motion;
    private readonly HeadRasterizer _raster;
    private readonly HeadSurface _surface;
    private readonly HeadLighting _lighting;
    private readonly Vector3[] _person;
    private readonly Vector3[] _mesh;
    private readonly Vector3[] _normals;
    private readonly Vector3[] _seen;
    private readonly float[] _inner;
    private readonly Vector3[] _room;
    private readonly Vector3 _leftEye;
    private readonly Vector3 _rightEye;
    private readonly float _pxPerCm;
    private readonly byte[] _pixels;
    private Vector2 _middle;
    private float _zoom = 1;

    /// <summary>Makes a person.</summary>
    /// <param name="model">The head.</param>
    /// <param name="seed">Draws the person.</param>
    /// <param name="scene">Draws light, room and camera.</param>
    /// <param name="size">Side of the picture, pixels.</param>
    public HeadRenderer(HeadModel model, int seed, int scene, int size)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _look = HeadLook.Draw(seed, model.IdentityCount);
        _scene = HeadScene.Draw(scene);
        _motion = new HeadMotion(model);
        _raster = new HeadRasterizer(size * Samples);
        _lighting = new HeadLighting(_scene);
        var paint = new FacePaint(model);
        _surface = new HeadSurface(_look, paint);
        _person = model.Person(_look.Weights);
        _mesh = new Vector3[_person.Length];
        _normals = new Vector3[_person.Length];
        _seen = new Vector3[_person.Length];
        _inner = new float[_person.Length];
        _room = HeadBackdrop.Room(_scene, size);
        _pixels = new byte[size * size * 4];
        Size = size;
        Normals(model.Neutral);
        float[] hair = new float[_person.Length];
        for (int v = 0; v < _person.Length; v++)
        {
            Vector3 rest = model.Neutral[v];
            bool nearMouth = Vector2.Distance(new(rest.X, rest.Y), paint.Mouth) < 3.2f && MathF.Abs(rest.Y - paint.Mouth.Y) < 2.6f;
            _inner[v] = nearMouth && rest.Z < paint.MouthZ + 0.9f ? HeadSurface.Smooth(0.1f, -0.35f, _normals[v].Z) : 0;
            bool nearNose = MathF.Abs(rest.X) < 1.6f && rest.Y > paint.NoseBase - 0.1f && rest.Y < paint.NoseBase + 2.2f;
            _inner[v] = nearNose ? HeadSurface.Smooth(-0.2f, -0.6f, _normals[v].Z) : _inner[v];
        }

        var skin = new bool[_person.Length];
        for (int t = 0; t < model.Materials.Length; t++)
        {
            for (int k = 0; k < 3 && model.Materials[t] == HeadMaterial.Skin; k++)
                skin[model.Triangles[(3 * t) + k]] = true;
        }

        for (int v = 0; v < _person.Length; v++)
        {
            if (skin[v] && _look.HairVolumeCm > 0)
                _person[v] += _normals[v] * (_look.HairVolumeCm * _surface.HairAt(model.Neutral[v]) * (0.7f + (0.6f * Grain.At(model.Neutral[v] * 0.5f, (uint)seed))));
        }

        _leftEye = Middle(HeadMaterial.EyeLeft);
        _rightEye = Middle(HeadMaterial.EyeRight);
        float eyes = Vector3.Distance((At(33) + At(133)) / 2, (At(362) + At(263)) / 2);
        _pxPerCm = EyesPerSide * size / MathF.Max(eyes, 1);
        Vector3 At(int point) => _person[model.Points[point]];
    }

    /// <summary>Side of the picture, pixels.</summary>
    public int Size { get; }

    /// <summary>Names the person.</summary>
    public string Name => _look.Name;

    /// <summary>The last picture, 4 bytes a pixel in the order blue, green, red, 255, rows without gaps.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    /// <summary>Makes a picture.</summary>
    public void Render(in FaceParameters face)
    {
        _motion.Pose(_person, face, _mesh);
        Normals(_mesh);
        Matrix4x4 turn = Matrix4x4.CreateRotationX(-face.HeadPitch) * Matrix4x4.CreateRotationY(face.HeadYaw) * Matrix4x4.CreateRotationZ(-face.HeadRoll);
        _zoom = 1 + face.HeadScale;
        _middle = new Vector2((Size * (0.5f + face.HeadShiftX)) - 0.5f, (Size * (0.46f + face.HeadShiftY)) - 0.5f);
        for (int v = 0; v < _mesh.Length; v++)
        {
            Vector3 p = Vector3.Transform(_mesh[v] - Pivot, turn) + Pivot;
            Vector2 at = Project(p);
            _seen[v] = new Vector3(((at.X + 0.5f) * Samples) - 0.5f, ((at.Y + 0.5f) * Samples) - 0.5f, _scene.DistanceCm - p.Z);
            _normals[v] = Vector3.TransformNormal(_normals[v], turn);
        }

        _raster.Clear();
        _raster.Draw(_model.Triangles, _seen, t => _model.Materials[t] == HeadMaterial.Lashes, IsHole);
        Paint(face);
    }

    /// <summary>The landmarks of the last picture.</summary>
    /// <param name="mesh">468 points: picture pixels with centres at whole numbers; depth in the same unit, towards the camera negative.</param>
    public void FillMesh(Span<Vector3> mesh)
    {
        float scale = _pxPerCm * _zoom;
        for (int i = 0; i < mesh.Length; i++)
        {
            Vector3 p = _seen[_model.Points[i]];
            mesh[i] = new Vector3(((p.X + 0.5f) / Samples) - 0.5f, ((p.Y + 0.5f) / Samples) - 0.5f, (p.Z - _scene.DistanceCm + 8) * scale);
        }
    }

    /// <summary>A vertex in the last picture, as <see cref="FillMesh"/> gives points.</summary>
    internal Vector3 Vertex(int vertex) => new(((_seen[vertex].X + 0.5f) / Samples) - 0.5f, ((_seen[vertex].Y + 0.5f) / Samples) - 0.5f, _seen[vertex].Z);

    private Vector2 Project(Vector3 p)
    {
        float k = _pxPerCm * _zoom * (_scene.DistanceCm - 8) / (_scene.DistanceCm - p.Z);
        return new Vector2(_middle.X + (k * p.X), _middle.Y - (k * p.Y));
    }

    // Lashes are sheets with many gaps.
    private bool IsHole(int triangle, int x, int y) =>
        _model.Materials[triangle] == HeadMaterial.Lashes && Grain.Hash(x, y, triangle, 5) > _look.Lashes;

    private Vector3 Middle(HeadMaterial eye)
    {
        var low = new Vector3(float.MaxValue);
        var high = new Vector3(float.MinValue);
        for (int t = 0; t < _model.Materials.Length; t++)
        {
            for (int k = 0; k < 3 && _model.Materials[t] == eye; k++)
            {
                low = Vector3.Min(low, _person[_model.Triangles[(3 * t) + k]]);
                high = Vector3.Max(high, _person[_model.Triangles[(3 * t) + k]]);
            }
        }

        return (low + high) / 2;
    }

    private void Normals(ReadOnlySpan<Vector3> mesh)
    {
        Array.Clear(_normals);
        int[] t = _model.Triangles;
        for (int i = 0; i < t.Length; i += 3)
        {
            Vector3 n = Vector3.Cross(mesh[t[i + 1]] - mesh[t[i]], mesh[t[i + 2]] - mesh[t[i]]);
            _normals[t[i]] += n;
            _normals[t[i + 1]] += n;
            _normals[t[i + 2]] += n;
        }

        foreach (ref Vector3 n in _normals.AsSpan())
            n = n.LengthSquared() > 1e-12f ? Vector3.Normalize(n) : Vector3.UnitZ;
    }

    private void Paint(in FaceParameters face)
    {
        Vector3 leftGaze = HeadMotion.Gaze(face, true);
        Vector3 rightGaze = HeadMotion.Gaze(face, false);
        int side = _raster.Size;
        float scale = _pxPerCm * _zoom;
        for (int i = 0; i < Size * Size; i++)
        {
            int x = i % Size;
            int y = i / Size;
            Vector3 sum = Vector3.Zero;
            for (int s = 0; s < Samples * Samples; s++)
            {
                int at = (((y * Samples) + (s / Samples)) * side) + (x * Samples) + (s % Samples);
                sum += _raster.Triangle[at] < 0 ? _room[i] : Colour(_raster.Triangle[at], _raster.Place[at], leftGaze, rightGaze);
            }

            sum /= Samples * Samples;
            float clothes = HeadBackdrop.Clothes((x - (Size * 0.5f)) / scale, ((Size * 0.46f) - y) / scale);
            if (clothes > -0.1f)
            {
                Vector3 cloth = _lighting.Lit(_scene.Clothes, Vector3.Normalize(new Vector3((x - (Size * 0.5f)) / (Size * 0.8f), 0.35f, 1)), 0, 0.9f, soft: false);
                sum = Vector3.Lerp(sum, cloth * (0.92f + (0.16f * Grain.Hash(x, y, 0, 3))), HeadSurface.Smooth(-0.1f, 0.1f, clothes));
            }

            _pixels[4 * i] = Screen(sum.Z);
            _pixels[(4 * i) + 1] = Screen(sum.Y);
            _pixels[(4 * i) + 2] = Screen(sum.X);
            _pixels[(4 * i) + 3] = 255;
        }
    }

    private static byte Screen(float linear) => (byte)((255 * MathF.Pow(Math.Clamp(linear, 0, 1), 1 / 2.2f)) + 0.5f);

    private Vector3 Colour(int triangle, Vector2 place, Vector3 leftGaze, Vector3 rightGaze)
    {
        int a = _model.Triangles[3 * triangle];
        int b = _model.Triangles[(3 * triangle) + 1];
        int c = _model.Triangles[(3 * triangle) + 2];
        float u = 1 - place.X - place.Y;
        Vector3 normal = Vector3.Normalize((u * _normals[a]) + (place.X * _normals[b]) + (place.Y * _normals[c]));
        Vector3 rest = (u * _model.Neutral[a]) + (place.X * _model.Neutral[b]) + (place.Y * _model.Neutral[c]);
        switch (_model.Materials[triangle])
        {
            case HeadMaterial.Skin:
                float inner = (u * _inner[a]) + (place.X * _inner[b]) + (place.Y * _inner[c]);
                Vector3 skin = _surface.Skin(rest, inner, out float gloss);
                float shade = (1 - (0.75f * inner)) * (1 - (0.4f * HeadSurface.Smooth(-7.8f, -10.5f, rest.Y) * HeadSurface.Smooth(8.5f, 6.5f, rest.Z)));
                return _lighting.Lit(skin, normal, gloss, shade, soft: true);
            case HeadMaterial.EyeLeft or HeadMaterial.EyeRight:
                bool left = _model.Materials[triangle] == HeadMaterial.EyeLeft;
                Vector3 way = Vector3.Normalize((u * _person[a]) + (place.X * _person[b]) + (place.Y * _person[c]) - (left ? _leftEye : _rightEye));
                float lid = 1 - (0.45f * HeadSurface.Smooth(0.02f, 0.36f, way.Y)) - (0.3f * HeadSurface.Smooth(0.35f, 0.75f, MathF.Abs(way.X)));
                return _lighting.Lit(_surface.Eye(way, left ? leftGaze : rightGaze), normal, 0.02f, 0.9f * lid, soft: false) + _lighting.Glint(normal);
            case HeadMaterial.Lashes:
                return _look.Brow * 0.12f;
            default:
                bool tooth = _model.Materials[triangle] == HeadMaterial.Teeth;
                return _lighting.Lit(_surface.Mouth(rest, tooth), normal, tooth ? 0.12f : 0.08f, 0.85f, soft: false);
        }
    }
}
