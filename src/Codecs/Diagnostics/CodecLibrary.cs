namespace Avatar2D.Codecs;

/// <summary>What is known of one native library or of one encoder inside it.</summary>
/// <param name="Name">libopus, libavcodec, libx264...</param>
/// <param name="IsUsable">It is there and works.</param>
/// <param name="Detail">Its version; or, if it cannot be used, why not and what to install.</param>
/// <param name="IsRequired">The gateway does not start without it.</param>
public sealed record CodecLibrary(string Name, bool IsUsable, string Detail, bool IsRequired);
