using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Writes our m-lines.</summary>
internal static class MediaLineWriter
{
    /// <summary>A living line.</summary>
    public static SdpMedia Live(MediaLinePlan plan, string sessionAddress)
    {
        var attributes = ImmutableArray.CreateBuilder<SdpAttributeLine>();
        if (plan.Mid is not null)
        {
            attributes.Add(new("mid", plan.Mid));
        }

        foreach (PayloadFormat format in plan.Formats)
        {
            attributes.Add(new("rtpmap", format.RtpMap));
            if (!format.Parameters.IsEmpty)
            {
                attributes.Add(new("fmtp", $"{Codec.Text(format.PayloadType)} {format.Parameters}"));
            }

            foreach (string feedback in plan.Feedback(format))
            {
                attributes.Add(new("rtcp-fb", new RtcpFeedback(format.PayloadType, feedback).ToString()));
            }
        }

        attributes.AddRange(plan.Extensions.Select(map => new SdpAttributeLine("extmap", map.ToString())));
        if (plan.Local.Source is LocalSource source && plan.Formats.Any(format => format.Kind == CodecKind.Rtx))
        {
            attributes.AddRange(source.Attributes);
        }

        AddTransport(attributes, plan);
        attributes.AddRange(plan.Preconditions);
        attributes.Add(new(plan.Direction.ToSdp()));
        LocalMedia local = plan.Local;
        return new()
        {
            Media = plan.Media,
            Port = local.Port,
            Protocol = plan.Protocol,
            Formats = [.. plan.Formats.Select(format => Codec.Text(format.PayloadType))],
            Connection = local.Address == sessionAddress ? null : SdpConnection.To(local.Address),
            Bandwidths = Bandwidths(plan),
            Attributes = attributes.ToImmutable(),
        };
    }

    /// <summary>A dead line: port 0, the formats as they were, the name if it has one.</summary>
    public static SdpMedia Dead(string media, string protocol, ImmutableArray<string> formats, string? mid) => new()
    {
        Media = media,
        Port = 0,
        Protocol = protocol,
        Formats = formats.IsEmpty ? ["0"] : formats,
        Attributes = mid is null ? [] : [new("mid", mid)],
    };

    private static void AddTransport(ImmutableArray<SdpAttributeLine>.Builder attributes, MediaLinePlan plan)
    {
        if (plan.PacketTimeMs is int time)
        {
            attributes.Add(new("ptime", Codec.Text(time)));
        }

        foreach (SdpCrypto crypto in plan.Cryptos)
        {
            attributes.Add(new("crypto", crypto.ToSdp()));
        }

        attributes.AddRange(plan.Dtls);
        if (plan.Local.RtcpPort is int port && port != plan.Local.Port + 1)
        {
            attributes.Add(new("rtcp", port.ToString(CultureInfo.InvariantCulture)));
        }

        if (plan.RtcpMux)
        {
            attributes.Add(new("rtcp-mux"));
        }
    }

    private static ImmutableArray<SdpBandwidth> Bandwidths(MediaLinePlan plan)
    {
        var lines = ImmutableArray.CreateBuilder<SdpBandwidth>();
        if (plan.Local.BandwidthKbps is int kbps)
        {
            lines.Add(new(SdpBandwidth.ApplicationSpecific, kbps));
        }

        if (plan.RtcpSendersBps is int senders)
        {
            lines.Add(new(SdpBandwidth.RtcpSenders, senders));
        }

        if (plan.RtcpReceiversBps is int receivers)
        {
            lines.Add(new(SdpBandwidth.RtcpReceivers, receivers));
        }

        return lines.ToImmutable();
    }
}
