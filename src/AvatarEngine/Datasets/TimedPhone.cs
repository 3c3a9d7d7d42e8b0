namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>A phone in a clip's record.</summary>
/// <param name="Phone">ARPAbet in capitals; <c>SIL</c> for silence.</param>
/// <param name="Start">Seconds from the clip's start.</param>
/// <param name="End">Seconds from the clip's start.</param>
public sealed record TimedPhone(string Phone, double Start, double End);
