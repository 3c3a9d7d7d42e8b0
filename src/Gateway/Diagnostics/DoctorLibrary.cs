namespace Avatar2D.Gateway.Diagnostics;

/// <summary>A native library, or an encoder in one, as the codecs see it.</summary>
/// <param name="Name">libavcodec, libopus, encoder libx264.</param>
/// <param name="Version">Its version; null when it cannot be loaded.</param>
/// <param name="Package">Debian package that brings it.</param>
/// <param name="IsOptional">True for an encoder that only matters when the settings name it.</param>
/// <param name="Reason">Why it cannot be used; null when it can, or when nobody knows.</param>
public sealed record DoctorLibrary(string Name, string? Version, string Package, bool IsOptional = false, string? Reason = null);
