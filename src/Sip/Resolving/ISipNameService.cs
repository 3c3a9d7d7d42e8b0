using System.Net;

namespace Avatar2D.Sip.Resolving;

/// <summary>
/// What names stand for. A name without records, or a server that does not answer, gives an empty list: the caller goes on with
/// less. Any thread.
/// </summary>
internal interface ISipNameService
{
    /// <summary>NAPTR records whose flag is "s".</summary>
    Task<IReadOnlyList<NaptrService>> FindServicesAsync(string domain, CancellationToken cancellation);

    /// <summary>SRV records.</summary>
    Task<IReadOnlyList<SrvTarget>> FindTargetsAsync(string service, CancellationToken cancellation);

    /// <summary>A and AAAA records.</summary>
    Task<IReadOnlyList<IPAddress>> FindAddressesAsync(string host, CancellationToken cancellation);
}
