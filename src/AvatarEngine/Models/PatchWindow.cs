namespace Avatar2D.AvatarEngine.Models;

/// <summary>The part of the patch that a model makes, around mouth and chin; the rest of the patch stays the source's.</summary>
/// <param name="Left">First column, patch pixels.</param>
/// <param name="Top">First row, patch pixels.</param>
/// <param name="Side">Width and height, patch pixels; a multiple of 16.</param>
public readonly record struct PatchWindow(int Left, int Top, int Side);
