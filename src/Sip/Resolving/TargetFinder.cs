using System.Net;
using System.Net.Sockets;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Transports;

namespace Avatar2D.Sip.Resolving;

/// <summary>
/// All places to which a request for a URI may be sent, in the order in which they are tried: RFC 3263 §4, with NAPTR, SRV, A and
/// AAAA records. Any thread.
/// </summary>
/// <param name="names">Asks DNS.</param>
/// <param name="isOurs">Whether we have a transport, for one family of addresses or (null) for any.</param>
/// <param name="draw">A number in [0, n] for n: SRV weights.</param>
internal sealed class TargetFinder(ISipNameService names, Func<SipTransportProtocol, AddressFamily?, bool> isOurs, Func<int, int> draw)
{
    /// <summary>More are never tried.</summary>
    private const int MaxTargets = 16;

    /// <summary>Finds them; empty when there is no way.</summary>
    public async Task<IReadOnlyList<SipTarget>> FindAsync(SipUri uri, CancellationToken cancellation)
    {
        var host = uri.Parameters["maddr"] ?? uri.Host;
        SipTransportProtocol? asked = uri.IsSecure ? SipTransportProtocol.Tls
            : SipTransportProtocols.TryParse(uri.Transport, out var named) ? named : null;
        if (uri.Transport is { } transport && asked is null && transport.Length > 0)
        {
            return []; // sctp, ws: we have none of them
        }

        var isAddress = IPAddress.TryParse(host, out var address);
        if (isAddress || uri.Port is not null || !host.Contains('.', StringComparison.Ordinal))
        {
            return Plain(isAddress ? [address!] : await names.FindAddressesAsync(host, cancellation)); // not null: isAddress
        }

        var targets = new List<SipTarget>();
        var hasRecords = false;
        foreach (var (protocol, service) in await ServicesAsync(host, asked, cancellation))
        {
            foreach (var target in SrvOrder.Of(await names.FindTargetsAsync(service, cancellation), draw))
            {
                hasRecords = true;
                if (target.Host is "." or "" || targets.Count >= MaxTargets)
                {
                    continue; // RFC 2782: a single dot says that the service is not offered
                }

                var found = await names.FindAddressesAsync(target.Host, cancellation);
                targets.AddRange(found.Select(a => new SipTarget(protocol, new(a, target.Port))));
            }
        }

        if (hasRecords)
        {
            return targets;
        }

        return Plain(await names.FindAddressesAsync(host, cancellation));

        // UDP unless we only have streams (RFC 3263 §4.1).
        IReadOnlyList<SipTarget> Plain(IEnumerable<IPAddress> addresses) => [.. addresses.Take(MaxTargets).Select(a =>
        {
            var protocol = asked ?? (isOurs(SipTransportProtocol.Udp, a.AddressFamily) ? SipTransportProtocol.Udp : SipTransportProtocol.Tcp);
            return new SipTarget(protocol, new(a, uri.Port ?? protocol.DefaultPort()));
        })];
    }

    /// <summary>Names of SRV records by transport: as the domain's NAPTR records say, else all that we have (RFC 3263 §4.1).</summary>
    private async Task<IReadOnlyList<(SipTransportProtocol Protocol, string Service)>> ServicesAsync(
        string host, SipTransportProtocol? asked, CancellationToken cancellation)
    {
        if (asked is { } only)
        {
            return isOurs(only, null) ? [(only, ServiceName(only, host))] : [];
        }

        var offered = (await names.FindServicesAsync(host, cancellation))
            .OrderBy(service => service.Order).ThenBy(service => service.Preference)
            .Select(service => (Protocol: ProtocolOf(service.Service), service.Replacement))
            .Where(service => service.Protocol is { } protocol && isOurs(protocol, null))
            .Select(service => (service.Protocol!.Value, service.Replacement)) // not null: the line above
            .ToList();
        return offered.Count > 0 ? offered
            : [.. new[] { SipTransportProtocol.Udp, SipTransportProtocol.Tcp }.Where(p => isOurs(p, null)).Select(protocol => (protocol, ServiceName(protocol, host)))];
    }

    private static string ServiceName(SipTransportProtocol protocol, string host) => protocol switch
    {
        SipTransportProtocol.Udp => $"_sip._udp.{host}",
        SipTransportProtocol.Tcp => $"_sip._tcp.{host}",
        _ => $"_sips._tcp.{host}",
    };

    private static SipTransportProtocol? ProtocolOf(string service) => service.ToUpperInvariant() switch
    {
        "SIP+D2U" => SipTransportProtocol.Udp,
        "SIP+D2T" => SipTransportProtocol.Tcp,
        "SIPS+D2T" => SipTransportProtocol.Tls,
        _ => null,
    };
}
