using System.Numerics;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>Reads the landmarks of one face. One instance serves one thread; allocates nothing.</summary>
public sealed class FaceLandmarker : IDisposable
{
    /// <summary>Side of the network's input, pixels.</summary>
    public const int InputPx = 64;

    internal const int InputLength = 3 * InputPx * InputPx;

    private readonly IFaceNetwork _network;

    internal FaceLandmarker(IFaceNetwork network) => _network = network;

    /// <summary>Reads the landmarks in a region.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="region">About where the face is (a detection, or <see cref="FaceRegion.Around"/> of the picture before).</param>
    /// <param name="points">Receives <see cref="FacePoints.Count"/> points in picture pixels, pixel centres at whole numbers.</param>
    /// <returns>How certain it is that the region holds a face, 0..1.</returns>
    /// <exception cref="ArgumentException">Another number of points.</exception>
    public float Read(I420View picture, FaceRegion region, Span<Vector2> points)
    {
        FacePoints.Require(points);
        FaceCropper.Rgb(picture, region, InputPx, _network.Input);
        _network.Run();
        ReadOnlySpan<float> places = _network.Output(0);
        for (int i = 0; i < points.Length; i++)
            points[i] = region.ToPicture(places[2 * i], places[(2 * i) + 1]);
        return 1 / (1 + MathF.Exp(-_network.Output(1)[0]));
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
