using System.Text.RegularExpressions;

namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>Names of avatars: they are also names of folders, parts of settings and of addresses.</summary>
public static partial class AvatarName
{
    /// <summary>Letters, digits, underscore, dot and hyphen, beginning with a letter or digit, at most 63.</summary>
    public const string Pattern = "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}";

    /// <summary>True when the text may name an avatar.</summary>
    public static bool IsValid(string? name) => name is not null && Whole().IsMatch(name);

    [GeneratedRegex("^" + Pattern + "\\z")]
    private static partial Regex Whole();
}
