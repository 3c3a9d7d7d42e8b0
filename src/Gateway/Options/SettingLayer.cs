namespace Avatar2D.Gateway.Options;

/// <summary>What one source (a file, the command line) says. A later layer goes over an earlier one.</summary>
/// <param name="Source">Name of the source, the start of its error lines.</param>
/// <param name="Entries">Values, in the order written.</param>
/// <param name="Errors">What could not be read, one line each, the source in front.</param>
internal sealed record SettingLayer(string Source, IReadOnlyList<SettingEntry> Entries, IReadOnlyList<string> Errors);
