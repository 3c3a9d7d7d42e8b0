using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>How a check ended.</summary>
public enum DoctorStatus
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>The gateway runs, but something will be worse than it could be.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>The gateway cannot do its work.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
