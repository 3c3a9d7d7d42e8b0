using System.Numerics;
using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>Where a picture lies in the film that it was cut out of.</summary>
/// <param name="FactorX">Film pixels per picture pixel.</param>
/// <param name="FactorY">Film pixels per picture pixel; all but equal to <paramref name="FactorX"/>.</param>
/// <param name="Left">Film pixels.</param>
/// <param name="Top">Film pixels.</param>
public readonly record struct PicturePlace(double FactorX, double FactorY, double Left, double Top)
{
    /// <summary>The picture is the film's.</summary>
    public static PicturePlace Whole { get; } = new(1, 1, 0, 0);

    /// <summary>A point of the film in the picture.</summary>
    public Vector2 ToPicture(Vector2 film) =>
        new((float)(((film.X + 0.5 - Left) / FactorX) - 0.5), (float)(((film.Y + 0.5 - Top) / FactorY) - 0.5));

    /// <summary>The transform in film pixels of one in picture pixels.</summary>
    public PatchTransform ToFilm(in PatchTransform picture) => picture.InScaledPicture((FactorX + FactorY) / 2, Left, Top);
}
