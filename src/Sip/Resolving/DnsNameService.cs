using System.Net;
using System.Net.Sockets;
using Avatar2D.Sip.Diagnostics;
using DnsClient;
using DnsClient.Protocol;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Resolving;

/// <summary>
/// Asks DNS servers, ours or the system's; answers are kept as long as they last. Addresses come from the system's resolver, its
/// hosts file included, unless servers of our own are named.
/// </summary>
internal sealed class DnsNameService : ISipNameService
{
    private const string FlagOfSrv = "s";
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    private readonly bool _hasOwnServers;
    private readonly ILogger _logger;
    private readonly Lazy<LookupClient?> _client;

    /// <summary>Prepares to ask.</summary>
    /// <param name="servers">Whom; empty: the servers of the system.</param>
    /// <param name="logger">Told of servers that do not answer.</param>
    public DnsNameService(IReadOnlyList<IPEndPoint> servers, ILogger logger)
    {
        _hasOwnServers = servers.Count > 0;
        _logger = logger;
        _client = new(() => Open(servers));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<NaptrService>> FindServicesAsync(string domain, CancellationToken cancellation) =>
        [.. (await AskAsync(domain, QueryType.NAPTR, cancellation)).OfType<NAPtrRecord>()
            .Where(record => record.Flags.Equals(FlagOfSrv, StringComparison.OrdinalIgnoreCase))
            .Select(record => new NaptrService(record.Order, record.Preference, record.Services, record.Replacement.Value))];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SrvTarget>> FindTargetsAsync(string service, CancellationToken cancellation) =>
        [.. (await AskAsync(service, QueryType.SRV, cancellation)).OfType<SrvRecord>()
            .Select(record => new SrvTarget(record.Priority, record.Weight, record.Target.Value, record.Port))];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IPAddress>> FindAddressesAsync(string host, CancellationToken cancellation)
    {
        if (_hasOwnServers)
        {
            var answers = await Task.WhenAll(AskAsync(host, QueryType.A, cancellation), AskAsync(host, QueryType.AAAA, cancellation));
            return [.. answers.SelectMany(answer => answer).OfType<AddressRecord>().Select(record => record.Address)];
        }

        try
        {
            return await Dns.GetHostAddressesAsync(host.TrimEnd('.'), cancellation);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            SipLog.NotResolved(_logger, host, e.Message);
            return [];
        }
    }

    private static LookupClient? Open(IReadOnlyList<IPEndPoint> servers)
    {
        try
        {
            var options = servers.Count > 0 ? new LookupClientOptions([.. servers]) : new LookupClientOptions();
            options.Timeout = AnswerTime;
            options.Retries = 1;
            options.UseCache = true;
            options.ThrowDnsErrors = false;
            return new(options);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return null; // a machine without DNS servers
        }
    }

    private async Task<IReadOnlyList<DnsResourceRecord>> AskAsync(string name, QueryType type, CancellationToken cancellation)
    {
        if (_client.Value is not { } client)
        {
            return [];
        }

        try
        {
            return (await client.QueryAsync(name, type, QueryClass.IN, cancellation)).Answers;
        }
        catch (Exception e) when (e is DnsResponseException or SocketException or ArgumentException or InvalidOperationException)
        {
            SipLog.NotResolved(_logger, name, $"{type}: {e.Message}");
            return [];
        }
    }
}
