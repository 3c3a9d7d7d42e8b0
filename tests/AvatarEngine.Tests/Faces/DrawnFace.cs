using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Faces;

/// <summary>A drawn character as I420, with its exact landmarks in the order of <see cref="FacePoints"/>.</summary>
internal sealed class DrawnFace
{
    private readonly byte[] _planes;

    public DrawnFace(GalleryCharacter character, FaceParameters parameters = default, int size = 384)
    {
        using var renderer = new GalleryRenderer(character, size);
        renderer.Render(parameters);
        Size = size;
        _planes = new byte[size * size * 3 / 2];
        PackedPicture.ToI420(renderer.Pixels, size * 4, PackedOrder.Bgra, View);
        Points = Convert(renderer.Landmarks.Points);
    }

    public int Size { get; }

    public Vector2[] Points { get; }

    public I420View View => new(
        _planes.AsSpan(0, Size * Size), _planes.AsSpan(Size * Size, Size * Size / 4), _planes.AsSpan(Size * Size * 5 / 4), Size, Size, Size, Size / 2);

    /// <summary>The luma plane, to spoil.</summary>
    public Span<byte> Luma => _planes.AsSpan(0, Size * Size);

    /// <summary>The conversion of training/avatar2d_training/faces/drawn_samples.py; drawn pixels have their centres at 0.5.</summary>
    public static Vector2[] Convert(ReadOnlySpan<Vector2> d)
    {
        Vector2[] p =
        [
            .. Spread(d[2..31], 23), .. d[33..53], .. Spread(d[53..57], 6), (d[57] + d[58]) / 2, d[58], d[59], d[60], (d[60] + d[61]) / 2,
            .. d[62..98], .. Spread(d[98..105], 11), .. Spread([.. d[104..110], d[98]], 11)[1..10],
        ];
        return [.. p.Select(q => q - new Vector2(0.5f))];
    }

    private static Vector2[] Spread(ReadOnlySpan<Vector2> line, int count)
    {
        var spread = new Vector2[count];
        for (int i = 0; i < count; i++)
        {
            float at = i * (line.Length - 1f) / (count - 1);
            int low = Math.Min((int)at, line.Length - 2);
            spread[i] = Vector2.Lerp(line[low], line[low + 1], at - low);
        }

        return spread;
    }
}
