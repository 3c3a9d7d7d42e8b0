namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>Which gateway a scenario runs against.</summary>
internal enum SippGatewayKind
{
    /// <summary>Default settings, but key frames only when they are needed.</summary>
    Plain,

    /// <summary>Rings before it answers.</summary>
    Ringing,

    /// <summary>Short SIP timers: 64*T1 = 9.6 s.</summary>
    ShortTimers,
}
