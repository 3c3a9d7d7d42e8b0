namespace Avatar2D.Gateway.Options;

/// <summary>One written value: a scalar, one item of a list, or one pair of a map.</summary>
/// <param name="Setting">What it is for.</param>
/// <param name="Key">Key of a map's pair, else null.</param>
/// <param name="Text">The value as written; null stands for an empty list.</param>
internal sealed record SettingEntry(Setting Setting, string? Key, string? Text);
