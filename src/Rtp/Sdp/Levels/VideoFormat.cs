namespace Avatar2D.Rtp.Sdp;

/// <summary>What to render and encode.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="FrameRate">Frames per second.</param>
/// <param name="BitrateBps">Media bits per second.</param>
public sealed record VideoFormat(int Width, int Height, double FrameRate, int BitrateBps);
