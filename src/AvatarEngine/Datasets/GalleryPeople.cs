using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>Who is drawn for a data set: the named people of the gallery first, then people by lot.</summary>
internal static class GalleryPeople
{
    /// <summary>Every tenth person stays out of all models.</summary>
    private const int UnseenEvery = 10;

    /// <summary>The person of a place in the set.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="seed">Of the set; other seeds draw other people.</param>
    public static GalleryCharacter At(int index, int seed) =>
        index < Gallery.Gallery.All.Count ? Gallery.Gallery.All[index] : GalleryCharacter.Random(unchecked((seed * 100_003) + index));

    /// <summary>Whether that person is in no model.</summary>
    public static bool IsUnseen(int index) => index % UnseenEvery == UnseenEvery - 1;
}
