namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A clip is there.</summary>
/// <param name="Record">Its record.</param>
/// <param name="WasThere">An earlier run made it.</param>
/// <param name="SecondsDone">Seconds of all clips so far.</param>
/// <param name="SecondsInAll">Seconds wanted of all people.</param>
public readonly record struct ClipProgress(ClipRecord Record, bool WasThere, double SecondsDone, double SecondsInAll);
