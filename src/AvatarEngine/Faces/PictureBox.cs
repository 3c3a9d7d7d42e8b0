namespace Avatar2D.AvatarEngine.Faces;

/// <summary>A rectangle of pixels of a picture.</summary>
/// <param name="Left">First column.</param>
/// <param name="Top">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct PictureBox(int Left, int Top, int Width, int Height);
