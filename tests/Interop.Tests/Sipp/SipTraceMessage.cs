using System.Globalization;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>One message of SIPp's message file.</summary>
/// <param name="Time">When SIPp sent or received it, UTC.</param>
/// <param name="Sent">By SIPp.</param>
/// <param name="Text">The message.</param>
internal sealed record SipTraceMessage(DateTimeOffset Time, bool Sent, string Text)
{
    /// <summary>Its first line.</summary>
    public string StartLine => Text.Split('\n', 2)[0].TrimEnd('\r');

    /// <summary>Number and method of CSeq.</summary>
    public string CSeq => Header("CSeq");

    /// <summary>Value of a header field; empty when it is not there.</summary>
    public string Header(string name) => Text.Split('\n')
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault("");

    /// <summary>Lines of the body that begin so, without that beginning.</summary>
    public IReadOnlyList<string> SdpLines(string start) =>
        [.. Text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..])];

    /// <summary>Version in the o= line.</summary>
    public ulong SdpVersion => ulong.Parse(SdpLines("o=").Single().Split(' ')[2], CultureInfo.InvariantCulture);
}
