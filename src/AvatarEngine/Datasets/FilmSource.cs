namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A film that is to be learnt from.</summary>
/// <param name="Path">Name for its clips, with / between parts; it is the beginning of the names of their folders.</param>
/// <param name="Person">Who is seen.</param>
/// <param name="Licence"><c>train</c> or <c>measure</c>, as <see cref="ClipEntry.Licence"/>.</param>
/// <param name="Use">What it is for.</param>
/// <param name="PictureOnly">Its sound is left out: it may be missing, or of somebody else.</param>
public sealed record FilmSource(string Path, string Person, string Licence, ClipUse Use, bool PictureOnly);
