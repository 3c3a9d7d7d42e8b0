namespace Avatar2D.Gateway.Calls;

/// <summary>What picture a caller's call carries.</summary>
/// <param name="Avatar">Name of the avatar; null: the call stays a voice call.</param>
/// <param name="SubscriberId">Who the caller is; null for nobody known.</param>
/// <param name="IsOwn">The avatar is the subscriber's own: it goes off when it is withdrawn.</param>
/// <param name="Label">Text drawn into the picture; null: that of the settings.</param>
internal sealed record CallerPicture(string? Avatar, string? SubscriberId = null, bool IsOwn = false, string? Label = null);
