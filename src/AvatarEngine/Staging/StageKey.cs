namespace Avatar2D.AvatarEngine.Staging;

/// <summary>Names a stage: an avatar, drawn at one size.</summary>
/// <param name="Avatar">The avatar's id.</param>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
public readonly record struct StageKey(string Avatar, int Width, int Height);
