using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// Writes one clip: pictures with their meshes in order, then the sound. Holds the few pictures that the smoothing of the
/// transforms looks ahead, not the clip. One thread. Disposed before <see cref="Complete"/> it leaves nothing.
/// </summary>
public sealed class ShardClipWriter : IDisposable
{
    private const int Patch = CanonicalPatch.SizePx;

    private readonly ClipEntry _entry;
    private readonly PicturePlace _pictures;
    private readonly string _part;
    private readonly string _place;
    private readonly NpyFile<byte> _patches;
    private readonly NpyFile<byte>? _faces;
    private readonly NpyFile<Half> _landmarks;
    private readonly NpyFile<float> _geometry;
    private readonly NpyFile<float> _transforms;
    private readonly Queue<Waiting> _waiting = new();
    private readonly Stack<Waiting> _free = new();
    private readonly List<PatchTransform> _raw = [];
    private readonly List<PatchTransform> _smooth = [];
    private readonly List<double> _opening = [];
    private readonly byte[] _patch = new byte[Patch * Patch * 3];
    private readonly byte[] _face = new byte[ShardFormat.FacePx * ShardFormat.FacePx * 3];
    private readonly Half[] _points = new Half[ShardFormat.MeshPoints * 3];
    private readonly PatchCutter _cutter = new();
    private bool _completed;

    internal ShardClipWriter(ClipEntry entry, PicturePlace pictures, string part, string place)
    {
        (_entry, _pictures, _part, _place) = (entry, pictures, part, place);
        if (Directory.Exists(part))
            Directory.Delete(part, recursive: true);
        Directory.CreateDirectory(part);
        _patches = new NpyFile<byte>(Path.Combine(part, "patches.npy"), Patch, Patch, 3);

        // Measuring nets need the eyes as well; what only teaches goes without.
        _faces = entry.Use == ClipUse.Train ? null : new NpyFile<byte>(Path.Combine(part, "faces.npy"), ShardFormat.FacePx, ShardFormat.FacePx, 3);
        _landmarks = new NpyFile<Half>(Path.Combine(part, "landmarks.npy"), ShardFormat.MeshPoints, 3);
        _geometry = new NpyFile<float>(Path.Combine(part, "geometry.npy"), MouthGeometry.Count);
        _transforms = new NpyFile<float>(Path.Combine(part, "transforms.npy"), 4);
    }

    /// <summary>Takes the next picture.</summary>
    /// <param name="bgra">4 bytes a pixel, rows without gaps; copied.</param>
    /// <param name="width">Columns.</param>
    /// <param name="mesh">468 points in picture pixels, pixel centres at whole numbers; points never placed are (0, 0, 0) and stay so.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public void AddFrame(ReadOnlySpan<byte> bgra, int width, ReadOnlySpan<Vector3> mesh)
    {
        Span<Vector2> stable = stackalloc Vector2[FacePoints.Stable.Length];
        for (int i = 0; i < stable.Length; i++)
        {
            Vector3 point = mesh[FacePoints.MeshIndices[FacePoints.Stable[i]]];
            stable[i] = new Vector2(point.X, point.Y);
        }

        _raw.Add(CanonicalPatch.Fit(stable));
        Waiting frame = _free.TryPop(out Waiting? used) && used.Pixels.Length == bgra.Length ? used : new Waiting(bgra.Length);
        bgra.CopyTo(frame.Pixels);
        frame.Width = width;
        mesh.CopyTo(frame.Mesh);
        _waiting.Enqueue(frame);
        if (_waiting.Count > FaceAlignment.SmoothingRadius)
            WriteOldest();
    }

    /// <summary>Writes what is left and moves the clip to its place.</summary>
    /// <param name="pcm">
    /// Mono at 16 kHz; sample 0 belongs to picture 0; longer than the pictures by <see cref="ShardFormat.TailSamples"/>; empty when there
    /// is no sound.
    /// </param>
    /// <param name="firstFrame">As <see cref="ClipRecord.FirstFrame"/>.</param>
    /// <param name="syncShiftFrames">As <see cref="ClipRecord.SyncShiftFrames"/>.</param>
    /// <param name="landmarkSet">As <see cref="ClipRecord.LandmarkSet"/>.</param>
    /// <param name="expertR">As <see cref="ClipRecord.ExpertR"/>.</param>
    /// <returns>What stands in its clip.json.</returns>
    /// <exception cref="IOException">The disk is full.</exception>
    public ClipRecord Complete(ReadOnlySpan<short> pcm, int firstFrame = 0, int syncShiftFrames = 0, string? landmarkSet = null, double? expertR = null)
    {
        while (_waiting.Count > 0)
            WriteOldest();
        foreach (NpyFile<byte>? file in (NpyFile<byte>?[])[_patches, _faces])
            file?.Complete();
        _landmarks.Complete();
        _geometry.Complete();
        _transforms.Complete();
        CloseFiles();
        float[] mel = MelFrames.Of(pcm);
        NpyFile<short>.Write(Path.Combine(_part, "pcm.npy"), pcm);
        NpyFile<Half>.Write(Path.Combine(_part, "mel.npy"), Array.ConvertAll(mel, v => (Half)v), MelParameters.Serving.Bands);
        ClipRecord record = Record(SyncCheck.Of(MelFrames.Loudness(mel, _smooth.Count), _opening.ToArray())) with
        {
            FirstFrame = firstFrame, SyncShiftFrames = syncShiftFrames, LandmarkSet = landmarkSet, ExpertR = expertR,
        };
        File.WriteAllBytes(Path.Combine(_part, ShardFormat.RecordFile), JsonSerializer.SerializeToUtf8Bytes(record, ShardJson.Default.ClipRecord));
        Directory.Move(_part, _place);
        _completed = true;
        return record;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseFiles();
        if (!_completed && Directory.Exists(_part))
            Directory.Delete(_part, recursive: true);
    }

    private void CloseFiles()
    {
        _patches.Dispose();
        _faces?.Dispose();
        _landmarks.Dispose();
        _geometry.Dispose();
        _transforms.Dispose();
    }

    private void WriteOldest()
    {
        Waiting frame = _waiting.Dequeue();
        PatchTransform t = FaceAlignment.SmoothAt(CollectionsMarshal.AsSpan(_raw), _smooth.Count);
        PatchTransform film = _pictures == PicturePlace.Whole ? t : _pictures.ToFilm(t);
        _smooth.Add(film);
        _cutter.Cut(frame.Pixels, frame.Width, t, Patch, 0, 0, _patch);
        _patches.Append(_patch);
        if (_faces is not null)
        {
            _cutter.Cut(frame.Pixels, frame.Width, t, ShardFormat.FacePx, ShardFormat.FaceOriginX, ShardFormat.FaceOriginY, _face);
            _faces.Append(_face);
        }

        for (int i = 0; i < ShardFormat.MeshPoints; i++)
        {
            Vector3 p = frame.Mesh[i];
            if (p != Vector3.Zero)
            {
                Vector2 place = t.ToPatch(new Vector2(p.X, p.Y));
                p = new Vector3(place.X, place.Y, (float)(p.Z / t.Scale));
            }

            frame.Mesh[i] = p;
            _points[3 * i] = (Half)p.X;
            _points[(3 * i) + 1] = (Half)p.Y;
            _points[(3 * i) + 2] = (Half)p.Z;
        }

        _landmarks.Append(_points);
        Span<float> geometry = stackalloc float[MouthGeometry.Count];
        MouthGeometry.Measure(frame.Mesh, geometry);
        _opening.Add(geometry[MouthGeometry.Opening]);
        _geometry.Append(geometry);
        _transforms.Append([(float)film.A, (float)film.B, (float)film.Tx, (float)film.Ty]);
        _free.Push(frame);
    }

    private ClipRecord Record(SyncCheck sync) => new()
    {
        Path = _entry.Path,
        Person = _entry.Person,
        Licence = _entry.Licence,
        Use = _entry.Use,
        Frames = _smooth.Count,
        FirstFrame = 0,
        SyncLagFrames = sync.LagFrames,
        SyncR = Math.Round(sync.Correlation, 3),
        EyeDistancePx = Math.Round(MedianScale() * ShardFormat.EyeDistancePx, 1),
        JitterPx = Math.Round(Jitter(), 3),
        Mel = ClipMel.Of(MelParameters.Serving),
        Synthetic = _entry.Synthetic,
    };

    private double MedianScale()
    {
        double[] scales = [.. _smooth.Select(t => t.Scale).Order()];
        return scales.Length == 0 ? 0 : (scales[(scales.Length - 1) / 2] + scales[scales.Length / 2]) / 2;
    }

    private double Jitter()
    {
        double sum = 0;
        for (int i = 2; i < _smooth.Count; i++)
        {
            sum += Math.Abs(_smooth[i].Tx - (2 * _smooth[i - 1].Tx) + _smooth[i - 2].Tx);
            sum += Math.Abs(_smooth[i].Ty - (2 * _smooth[i - 1].Ty) + _smooth[i - 2].Ty);
        }

        return _smooth.Count < 3 ? 0 : sum / (2 * (_smooth.Count - 2));
    }

    /// <summary>A picture that waits for the transforms after it.</summary>
    private sealed class Waiting(int bytes)
    {
        public byte[] Pixels { get; } = new byte[bytes];

        public int Width { get; set; }

        public Vector3[] Mesh { get; } = new Vector3[ShardFormat.MeshPoints];
    }
}
