namespace Avatar2D.Gateway.Diagnostics;

/// <summary>Who called whom.</summary>
public enum CdrDirection
{
    /// <summary>The far end called the gateway.</summary>
    Inbound,

    /// <summary>The gateway (or its test phone) called.</summary>
    Outbound,
}
