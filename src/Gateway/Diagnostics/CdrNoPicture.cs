using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>Why a call had no picture.</summary>
public enum CdrNoPicture
{
    /// <summary>The settings want none.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,

    /// <summary>The caller has no avatar, or it is not there.</summary>
    [JsonStringEnumMemberName("no_avatar")]
    NoAvatar,

    /// <summary>Too many pictures of the running calls were late (Calls:MaxLateFramesPercent): voice only.</summary>
    [JsonStringEnumMemberName("overload")]
    Overload,

    /// <summary>No media ports were left for it.</summary>
    [JsonStringEnumMemberName("no_media_ports")]
    NoMediaPorts,

    /// <summary>The far end refused it.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
