namespace Avatar2D.Gateway.Calls.Media;

/// <summary>What a video stream has done so far.</summary>
/// <param name="FramesSent">Pictures sent.</param>
/// <param name="FramesLate">Of those, begun more than one frame time after they were due.</param>
/// <param name="FramesDropped">Pictures that were due and left out.</param>
/// <param name="FirstPicture">Timestamp of the first packet of the first key frame; null before.</param>
internal readonly record struct VideoFigures(long FramesSent, long FramesLate, long FramesDropped, long? FirstPicture);
