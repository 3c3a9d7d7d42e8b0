using System.Net;
using Avatar2D.Sip.Resolving;

namespace Avatar2D.Sip.Tests.Resolving;

/// <summary>Names as a test wants them.</summary>
internal sealed class ScriptedNames : ISipNameService
{
    public Dictionary<string, NaptrService[]> Services { get; } = [];

    public Dictionary<string, SrvTarget[]> Targets { get; } = [];

    public Dictionary<string, string[]> Addresses { get; } = [];

    public Task<IReadOnlyList<NaptrService>> FindServicesAsync(string domain, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<NaptrService>>(Services.GetValueOrDefault(domain) ?? []);

    public Task<IReadOnlyList<SrvTarget>> FindTargetsAsync(string service, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SrvTarget>>(Targets.GetValueOrDefault(service) ?? []);

    public Task<IReadOnlyList<IPAddress>> FindAddressesAsync(string host, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<IPAddress>>([.. (Addresses.GetValueOrDefault(host) ?? []).Select(IPAddress.Parse)]);
}
