namespace Avatar2D.Gateway.Diagnostics;

/// <summary>What one check found.</summary>
/// <param name="Name">What was looked at: "libopus", "port udp 5060".</param>
/// <param name="Status">How it ended.</param>
/// <param name="Found">What is there.</param>
/// <param name="Advice">What to do, as a command where there is one; null when all is well.</param>
public sealed record DoctorFinding(string Name, DoctorStatus Status, string Found, string? Advice = null);
