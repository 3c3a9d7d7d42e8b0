namespace Avatar2D.Gateway.Commands;

/// <summary>One check of the demo.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Found">The figure.</param>
/// <param name="Wanted">The bound.</param>
/// <param name="Passed">It holds.</param>
/// <param name="Decides">The demo fails without it; others are told only.</param>
internal sealed record DemoCheck(string Name, string Found, string Wanted, bool Passed, bool Decides);
