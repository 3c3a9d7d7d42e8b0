namespace Avatar2D.Gateway.Diagnostics;

/// <summary>A face model that was tried out.</summary>
/// <param name="Name">Its name; null when it cannot be used.</param>
/// <param name="Detail">Where it runs and why there, or why it cannot be used.</param>
/// <param name="IsLess">It runs, but not where the settings ask or the build could.</param>
public sealed record DoctorModel(string? Name, string Detail, bool IsLess);
