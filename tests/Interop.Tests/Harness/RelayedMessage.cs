namespace Avatar2D.Interop.Tests.Harness;

/// <summary>A SIP message as it came to the relay.</summary>
/// <param name="FromGateway">The gateway sent it.</param>
/// <param name="Text">The whole message.</param>
internal sealed record RelayedMessage(bool FromGateway, string Text)
{
    /// <summary>Request line or status line.</summary>
    public string StartLine => Text[..Math.Max(0, Text.IndexOf('\r', StringComparison.Ordinal))];

    public string Body => Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end ? Text[(end + 4)..] : "";

    /// <summary>An INVITE within a dialog.</summary>
    public bool IsReinvite => IsRequest("INVITE") && HasToTag;

    /// <summary>The To header carries a tag.</summary>
    public bool HasToTag => (Header("To") ?? Header("t") ?? "").Contains(";tag=", StringComparison.Ordinal);

    public bool IsRequest(string method) => StartLine.StartsWith(method + " ", StringComparison.Ordinal);

    /// <summary>A response of a status to a method.</summary>
    public bool IsResponse(int status, string method) =>
        StartLine.StartsWith($"SIP/2.0 {status} ", StringComparison.Ordinal) && (Header("CSeq") ?? "").EndsWith(" " + method, StringComparison.Ordinal);

    /// <summary>The first header field of a name.</summary>
    public string? Header(string name) => Text.Split("\r\n")
        .TakeWhile(line => line.Length > 0)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .FirstOrDefault();

    /// <summary>The video section of the body; empty when there is none.</summary>
    public string VideoSection => Sections(Body).FirstOrDefault(section => section.StartsWith("m=video", StringComparison.Ordinal)) ?? "";

    /// <summary>An SDP cut before each m-line; the first part is the session's.</summary>
    public static IReadOnlyList<string> Sections(string sdp) =>
        System.Text.RegularExpressions.Regex.Split(sdp, "^(?=m=)", System.Text.RegularExpressions.RegexOptions.Multiline);
}
