namespace Avatar2D.Gateway.Subscribers;

/// <summary>What calls have to know of a subscriber. Immutable; replaced whole.</summary>
/// <param name="SubscriberId">Who.</param>
/// <param name="Avatar">Name of the active avatar; null when none is chosen.</param>
/// <param name="VideoEnabled">False: calls stay voice calls.</param>
/// <param name="Label">Text drawn into the picture; null: that of the settings.</param>
/// <param name="Showable">Names of all avatars that may be shown: ready, and consented to.</param>
/// <param name="Packages">Ids of those that are the subscriber's own, with a package in the store.</param>
internal sealed record CallerProfile(string SubscriberId, string? Avatar, bool VideoEnabled, string? Label, IReadOnlySet<string> Showable, IReadOnlyList<string> Packages);
