using System.Numerics;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>
/// Finds faces in a whole picture. The picture is seen as a padded square first, so that a face may fill it; then in tiles as
/// wide as its shorter side, then half as wide, until a size shows a certain face. One instance serves one thread; allocates nothing.
/// </summary>
public sealed class FaceDetector : IDisposable
{
    /// <summary>Faces that one picture can give.</summary>
    public const int MaxFaces = 8;

    /// <summary>Side of the network's input, pixels.</summary>
    public const int InputPx = 128;

    internal const int InputLength = 3 * InputPx * InputPx;
    internal const int OutputLength = 6 * Cells * Cells;
    private const int Cells = 16;
    private const float UnitSidePx = 32; // size output 0
    private const float Padding = 1.3f;
    private const float Certain = 0.6f; // score that ends the search
    private const float SameFace = 0.45f; // centres nearer than this part of the side are one face

    private readonly IFaceNetwork _network;
    private readonly FaceDetection[] _found = new FaceDetection[MaxFaces];
    private int _count;

    internal FaceDetector(IFaceNetwork network) => _network = network;

    /// <summary>Least score of a face.</summary>
    /// <value>Default: 0.4.</value>
    public float Threshold { get; init; } = 0.4f;

    /// <summary>Looks for faces; the most certain one comes first.</summary>
    /// <returns>The faces, valid until the next call.</returns>
    public ReadOnlySpan<FaceDetection> Detect(I420View picture)
    {
        _count = 0;
        float longer = Math.Max(picture.Width, picture.Height);
        float shorter = Math.Min(picture.Width, picture.Height);
        Look(picture, new FaceRegion((picture.Width - 1) / 2f, (picture.Height - 1) / 2f, longer * Padding, 0));
        if (!IsCertain && longer > shorter * 1.2f)
            Tiles(picture, shorter);
        if (!IsCertain)
            Tiles(picture, shorter / 2);
        return _found.AsSpan(0, _count);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private bool IsCertain => _count > 0 && _found[0].Score >= Certain;

    // Tiles overlap by half, so that a face of up to half a tile is whole in one of them.
    private void Tiles(I420View picture, float side)
    {
        int columns = Math.Max(1, (int)MathF.Ceiling((picture.Width - side) / (side / 2)) + 1);
        int rows = Math.Max(1, (int)MathF.Ceiling((picture.Height - side) / (side / 2)) + 1);
        for (int i = 0; i < columns * rows; i++)
        {
            float x = columns == 1 ? 0 : (picture.Width - side) * (i % columns) / (columns - 1);
            float y = rows == 1 ? 0 : (picture.Height - side) * (i / columns) / (rows - 1);
            Look(picture, new FaceRegion(x + (side / 2), y + (side / 2), side, 0));
        }
    }

    private void Look(I420View picture, FaceRegion window)
    {
        FaceCropper.Rgb(picture, window, InputPx, _network.Input);
        _network.Run();
        ReadOnlySpan<float> maps = _network.Output(0);
        for (int cell = 0; cell < Cells * Cells; cell++)
        {
            float score = 1 / (1 + MathF.Exp(-maps[cell]));
            if (score >= Threshold && IsPeak(maps, cell))
                Add(new FaceDetection(Decode(maps, cell, window), score));
        }
    }

    private static bool IsPeak(ReadOnlySpan<float> scores, int cell)
    {
        int x = cell % Cells;
        int y = cell / Cells;
        for (int v = Math.Max(0, y - 1); v <= Math.Min(Cells - 1, y + 1); v++)
        {
            for (int u = Math.Max(0, x - 1); u <= Math.Min(Cells - 1, x + 1); u++)
            {
                if (scores[(v * Cells) + u] > scores[cell])
                    return false;
            }
        }

        return true;
    }

    private static FaceRegion Decode(ReadOnlySpan<float> maps, int cell, FaceRegion window)
    {
        const int Plane = Cells * Cells;
        float x = (cell % Cells) + Math.Clamp(maps[Plane + cell], -1.5f, 1.5f) + 0.5f;
        float y = (cell / Cells) + Math.Clamp(maps[(2 * Plane) + cell], -1.5f, 1.5f) + 0.5f;
        float sidePx = UnitSidePx * MathF.Pow(2, Math.Clamp(maps[(3 * Plane) + cell], -3, 3));
        float roll = MathF.Atan2(maps[(5 * Plane) + cell], maps[(4 * Plane) + cell]);
        Vector2 centre = window.ToPicture((x / Cells) - 0.5f, (y / Cells) - 0.5f);
        return new FaceRegion(centre.X, centre.Y, sidePx * window.Side / InputPx, roll);
    }

    private void Add(FaceDetection face)
    {
        for (int i = 0; i < _count; i++)
        {
            FaceRegion other = _found[i].Region;
            float distance = Vector2.Distance(new(other.X, other.Y), new(face.Region.X, face.Region.Y));
            if (distance > SameFace * Math.Max(other.Side, face.Region.Side))
                continue;
            if (face.Score <= _found[i].Score)
                return;
            _found.AsSpan(i + 1, _count - i - 1).CopyTo(_found.AsSpan(i));
            _count--;
            i--;
        }

        int place = 0;
        while (place < _count && _found[place].Score >= face.Score)
            place++;
        if (place == MaxFaces)
            return;
        int moved = Math.Min(_count, MaxFaces - 1) - place;
        _found.AsSpan(place, moved).CopyTo(_found.AsSpan(place + 1));
        _found[place] = face;
        _count = Math.Min(_count + 1, MaxFaces);
    }
}
