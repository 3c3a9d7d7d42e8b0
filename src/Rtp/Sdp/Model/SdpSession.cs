using System.Collections.Immutable;
using System.Text;

namespace Avatar2D.Rtp.Sdp;

/// <summary>A session description (RFC 8866). Immutable; two are equal when their text is.</summary>
public sealed record SdpSession
{
    private static readonly string[] SecretStarts = ["a=crypto:", "a=ice-pwd:", "a=key-mgmt:", "k="];

    /// <summary>The MIME type of the body.</summary>
    public const string ContentType = "application/sdp";

    /// <summary>o=.</summary>
    public required SdpOrigin Origin { get; init; }

    /// <summary>s=; "-" when there is none.</summary>
    public string Name { get; init; } = "-";

    /// <summary>c= for all media that have none of their own.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>b= lines.</summary>
    public ImmutableArray<SdpBandwidth> Bandwidths { get; init; } = [];

    /// <summary>t= values; "0 0" when none came.</summary>
    public ImmutableArray<string> Times { get; init; } = ["0 0"];

    /// <summary>a= lines of the session, in order.</summary>
    public ImmutableArray<SdpAttributeLine> Attributes { get; init; } = [];

    /// <summary>i=, u=, e=, p=, r=, z=, k= and unknown lines.</summary>
    public ImmutableArray<SdpLine> OtherLines { get; init; } = [];

    /// <summary>The media lines in order.</summary>
    public ImmutableArray<SdpMedia> Media { get; init; } = [];

    /// <summary>
    /// Reads a body. Tolerates bare LF, a missing last newline, blank lines, missing s= and t=, and keeps unknown lines.
    /// Never throws; <paramref name="error"/> says why it refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out SdpSession? session, out SdpError error) =>
        SdpParser.TryParse(body, out session, out error);

    /// <summary>As the other overload, for text.</summary>
    public static bool TryParse(string body, out SdpSession? session, out SdpError error) =>
        SdpParser.TryParse(Encoding.UTF8.GetBytes(body), out session, out error);

    /// <summary>The first attribute of that name at session level: its value, "" for a flag, null when absent.</summary>
    public string? Attribute(string name) => SdpAttributes.Find(Attributes, name);

    /// <summary>The b= value of a type at session level, or null.</summary>
    public long? Bandwidth(string type) => SdpAttributes.Bandwidth(Bandwidths, type);

    /// <summary>Where a media line wants its packets: its own c=, the session's, or else the address of o=.</summary>
    public SdpConnection ConnectionOf(SdpMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.Connection ?? Connection ?? new SdpConnection(Origin.AddressType, Origin.Address);
    }

    /// <summary>Direction of a media line: its own, the session's, or sendrecv.</summary>
    public MediaDirection DirectionOf(SdpMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.Direction ?? SdpAttributes.Direction(Attributes) ?? MediaDirection.SendRecv;
    }

    /// <summary>The body as UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The body for logs at Debug: SRTP keys, passwords of ICE and k= are left out.</summary>
    public string ToLogText()
    {
        var text = new StringBuilder();
        foreach (string line in ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            bool secret = SecretStarts.Any(start => line.StartsWith(start, StringComparison.OrdinalIgnoreCase));
            int name = line.IndexOf(':', StringComparison.Ordinal);
            text.Append(secret ? $"{(name < 0 ? line[..2] : line[..(name + 1)])}..." : line).Append('\n');
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(SdpSession? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The body as text, each line ended by CRLF.</summary>
    public override string ToString() => SdpWriter.Write(this);
}
