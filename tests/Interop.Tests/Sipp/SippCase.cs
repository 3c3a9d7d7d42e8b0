using System.Collections.Immutable;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>One row: a scenario, the gateway it runs against, and what must have come of it.</summary>
/// <param name="Name">Name of the row.</param>
/// <param name="Scenario">File in scenarios.</param>
/// <param name="EndReason">endReason of the call detail record; null when there must be none.</param>
/// <param name="Check">What else must hold; throws.</param>
internal sealed record SippCase(string Name, string Scenario, string? EndReason, Action<SippOutcome> Check)
{
    /// <summary>Values of the scenario's placeholders.</summary>
    public ImmutableDictionary<string, string> Values { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The gateway.</summary>
    public SippGatewayKind Gateway { get; init; }

    /// <summary>SIPp over TCP.</summary>
    public bool Tcp { get; init; }

    /// <summary>The video that arrives is H.265.</summary>
    public bool IsH265 { get; init; }

    /// <summary>The same with a value for a placeholder.</summary>
    public SippCase With(string placeholder, string value) => this with { Values = Values.SetItem(placeholder, value) };
}
