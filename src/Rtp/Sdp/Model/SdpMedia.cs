using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>One media description: an m-line and all under it (RFC 8866 §5.14). Immutable; two are equal when their text is.</summary>
public sealed record SdpMedia
{
    /// <summary>The media word: audio, video...</summary>
    public required string Media { get; init; }

    /// <summary>RTP port; 0 refuses or removes the line.</summary>
    public required int Port { get; init; }

    /// <summary>Number of port pairs; 1 when not written.</summary>
    public int PortCount { get; init; } = 1;

    /// <summary>Transport protocol, such as <see cref="RtpProfile.Avp"/>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Formats as they came; payload types where the protocol is RTP.</summary>
    public ImmutableArray<string> Formats { get; init; } = [];

    /// <summary>c= of this line, or null where the session's holds.</summary>
    public SdpConnection? Connection { get; init; }

    /// <summary>b= lines.</summary>
    public ImmutableArray<SdpBandwidth> Bandwidths { get; init; } = [];

    /// <summary>a= lines in order.</summary>
    public ImmutableArray<SdpAttributeLine> Attributes { get; init; } = [];

    /// <summary>i=, k= and unknown lines.</summary>
    public ImmutableArray<SdpLine> OtherLines { get; init; } = [];

    /// <summary>The media word as a kind.</summary>
    public MediaKind Kind => Media switch
    {
        "audio" => MediaKind.Audio,
        "video" => MediaKind.Video,
        _ => MediaKind.Other,
    };

    /// <summary>Direction written on this line; null where the session's, or sendrecv, holds.</summary>
    public MediaDirection? Direction => SdpAttributes.Direction(Attributes);

    /// <summary>True with a=rtcp-mux (RFC 5761).</summary>
    public bool RtcpMux => Has("rtcp-mux");

    /// <summary>a=ptime in milliseconds, or null.</summary>
    public int? PacketTimeMs => Milliseconds("ptime");

    /// <summary>a=maxptime in milliseconds, or null.</summary>
    public int? MaxPacketTimeMs => Milliseconds("maxptime");

    /// <summary>a=framerate in frames per second (RFC 8866 §6.10), or null.</summary>
    public double? FrameRate =>
        double.TryParse(Attribute("framerate"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate)
        && rate is > 0 and < 1000 ? rate : null;

    /// <summary>a=mid (RFC 5888), or null.</summary>
    public string? Mid => Attribute("mid");

    /// <summary>The first attribute of that name: its value, "" for a flag, null when absent.</summary>
    public string? Attribute(string name) => SdpAttributes.Find(Attributes, name);

    /// <summary>True when the attribute stands here, with or without a value.</summary>
    public bool Has(string name) => Attribute(name) is not null;

    /// <summary>The values of every attribute of that name, in order.</summary>
    public IEnumerable<string> AttributeValues(string name) => SdpAttributes.FindAll(Attributes, name);

    /// <summary>The b= value of a type, or null.</summary>
    public long? Bandwidth(string type) => SdpAttributes.Bandwidth(Bandwidths, type);

    /// <summary>
    /// The RTP formats with their rtpmap and fmtp; static payload types need no rtpmap (RFC 3551 §6).
    /// A dynamic one without rtpmap has an empty name.
    /// </summary>
    public ImmutableArray<PayloadFormat> PayloadFormats() => PayloadFormatReader.Read(this);

    /// <summary>Feedback (RFC 4585 §4.2) asked for a payload type, by its number or by *.</summary>
    public IEnumerable<RtcpFeedback> Feedback(int payloadType)
    {
        foreach (string value in AttributeValues("rtcp-fb"))
        {
            if (RtcpFeedback.TryParse(value, out RtcpFeedback? feedback) && (feedback!.PayloadType is null || feedback.PayloadType == payloadType))
            {
                yield return feedback;
            }
        }
    }

    /// <summary>The header extension of that name (RFC 8285 §5), or null.</summary>
    public ExtMap? Extension(string uri)
    {
        foreach (string value in AttributeValues("extmap"))
        {
            if (ExtMap.TryParse(value, out ExtMap? map) && map!.Uri == uri)
            {
                return map;
            }
        }

        return null;
    }

    /// <summary>Crypto offers of RFC 4568 in order.</summary>
    public IEnumerable<SdpCrypto> Cryptos()
    {
        foreach (string value in AttributeValues("crypto"))
        {
            if (SdpCrypto.TryParse(value, out SdpCrypto? crypto))
            {
                yield return crypto!;
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(SdpMedia? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>The lines of this media, each ended by CRLF.</summary>
    public override string ToString() => SdpWriter.Write(this);

    private int? Milliseconds(string name)
    {
        // Some peers write "20.0": RFC 4566 grammar left room for it.
        return double.TryParse(Attribute(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value is >= 1 and <= 1000 ? (int)value : null;
    }
}
