using System.Text.Json.Serialization;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>Who called whom.</summary>
public enum CdrDirection
{
    /// <summary>The far end called the gateway.</summary>
    [JsonStringEnumMemberName("inbound")]
    Inbound,

    /// <summary>The gateway (or its test phone) called.</summary>
    [JsonStringEnumMemberName("outbound")]
    Outbound,
}
