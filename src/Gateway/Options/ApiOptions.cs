using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>Limits of the provisioning API.</summary>
public sealed record ApiOptions
{
    /// <summary>Requests that one key, or one address without a key, may make; above that it gets 429 with Retry-After.</summary>
    /// <value>Default: 600. Unit: requests per minute.</value>
    [Range(1, 1000000)]
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Largest photo or video that is taken.</summary>
    /// <value>Default: 500. Unit: MB (1,000,000 bytes).</value>
    [Range(1, 10000)]
    public int MaxUploadMegabytes { get; init; } = 500;

    /// <summary>Longest video that is taken. Registration needs 3 to 10 seconds, personalization 20 to 120.</summary>
    /// <value>Default: 180. Unit: seconds.</value>
    [Range(3, 3600)]
    public int MaxClipSeconds { get; init; } = 180;

    /// <summary>Largest width or height of a photo or video; above that a picture takes more memory than it is worth.</summary>
    /// <value>Default: 8192. Unit: pixels.</value>
    [Range(256, 16384)]
    public int MaxSourcePixels { get; init; } = 8192;

    /// <summary>Avatars that a subscriber may have, uploads under way included.</summary>
    /// <value>Default: 10. Unit: avatars.</value>
    [Range(1, 1000)]
    public int MaxAvatarsPerSubscriber { get; init; } = 10;

    /// <summary>An upload that receives nothing for so long is thrown away.</summary>
    /// <value>Default: 24. Unit: hours.</value>
    [Range(1, 720)]
    public int UploadExpiryHours { get; init; } = 24;

    /// <summary><see cref="MaxUploadMegabytes"/> in bytes.</summary>
    public long MaxUploadBytes => MaxUploadMegabytes * 1_000_000L;
}
