using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Registration;

/// <summary>Takes the next picture of a source clip; the host hands in its encoder.</summary>
/// <param name="picture">The picture; it is not kept.</param>
public delegate void PicturePen(I420View picture);
