using System.Net;
using System.Security.Cryptography;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Options;
using Avatar2D.Sip.Authentication;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;
using Avatar2D.Sip.Transactions;
using Avatar2D.Sip.Transports;
using Avatar2D.Sip.UserAgent;

namespace Avatar2D.Gateway.Hosting;

/// <summary>From the settings to the SIP stack's options.</summary>
internal static class SipSetup
{
    private const int DnsPort = 53;

    /// <summary>Options of the gateway's user agent.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="hasPicture">Calls may carry a picture: Contact says so (RFC 3840, TS 26.264).</param>
    /// <exception cref="FormatException">A listen point is none: the validator has let it pass.</exception>
    public static SipUserAgentOptions From(SipOptions options, bool hasPicture) => new()
    {
        Product = options.UserAgent,
        Timers = SipTimers.Default with { T1 = TimeSpan.FromMilliseconds(options.T1Ms) },
        Supported = options.SessionExpiresSeconds > 0 ? ["100rel", "timer", "precondition"] : ["100rel", "precondition"],
        SessionTimer = new SessionTimerSettings
        {
            Interval = TimeSpan.FromSeconds(options.SessionExpiresSeconds),
            Minimum = TimeSpan.FromSeconds(options.MinSessionExpiresSeconds),
        },
        InfoTypes = [MediaType.MediaControl, DtmfInfo.Relay, DtmfInfo.Plain],
        NameServers = [.. options.NameServers.Select(ServerOf)],
        OutboundProxy = UriOf(options.OutboundProxy),
        Authentication = options.Users.Count == 0 ? null : new DigestServerOptions
        {
            Realm = options.Realm,
            Users = options.Users.ToDictionary(user => user.Key, user => UserHashes.TryParse(user.Value, out var hashes)
                ? hashes : throw new FormatException($"Sip:Users:{user.Key} holds no hash.")),
        },
        IsTrusted = new PeerNetworks(options.TrustedPeers).Contains,
        RequestsPerSecond = options.MaxRequestsPerSecond,
        RequestBurst = Math.Max(1, 2 * options.MaxRequestsPerSecond),
        Credentials = CredentialsOf(options),
        ContactFeatures = hasPicture ? ";audio;video;+sip.3gpp-avatar-support" : ";audio",
        ContactUser = UriOf(options.RegisterAs)?.User ?? "avatar",
        Transport = new SipTransportOptions
        {
            MaxUdpRequestBytes = options.MaxUdpRequestBytes,
            PingInterval = TimeSpan.FromSeconds(options.KeepAliveSeconds),
        },
        ListeningPoints = [.. options.Listen.Select(text => PointOf(text, options))],
    };

    /// <summary>The registration that the settings want; null for none.</summary>
    public static SipRegistrationOptions? RegistrationFrom(SipOptions options) =>
        UriOf(options.Registrar) is { } registrar && UriOf(options.RegisterAs) is { } address
            ? new SipRegistrationOptions { Registrar = registrar, Address = address, Expires = TimeSpan.FromSeconds(options.RegisterSeconds) }
            : null;

    private static IPEndPoint ServerOf(string text)
    {
        IPEndPoint server = IPEndPoint.Parse(text);
        return server.Port == 0 ? new IPEndPoint(server.Address, DnsPort) : server;
    }

    private static SipUri? UriOf(string text) => text.Length == 0 ? null : SipUri.Parse(text);

    private static IReadOnlyList<SipCredentials> CredentialsOf(SipOptions options)
    {
        if (options.AuthPasswordFile.Length == 0)
            return [];
        string user = options.AuthUser.Length > 0 ? options.AuthUser : UriOf(options.RegisterAs)?.User ?? "";
        using var file = new StreamReader(options.AuthPasswordFile);
        return [new SipCredentials(user, file.ReadLine() ?? "")];
    }

    /// <summary>TLS as the settings want it; null without certificates.</summary>
    /// <exception cref="InvalidDataException">A certificate file cannot be used.</exception>
    public static ISipStreamSecurity? TlsFrom(SipOptions options, TimeProvider time, ILogger logger)
    {
        if (options.TlsCertificates.Count == 0)
            return null;
        var tls = new SipTlsOptions
        {
            Certificates = [.. options.TlsCertificates.Select(FilesOf)],
            TrustPath = options.TlsAuthorities.Length > 0 ? options.TlsAuthorities : null,
            ClientCertificates = options.TlsClientCertificates,
            VerifyServers = options.TlsVerifyServers,
        };
        try
        {
            return new TlsStreamSecurity(tls, time, logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new InvalidDataException($"Sip:TlsCertificates or Sip:TlsAuthorities cannot be used: {e.Message}", e);
        }

        static (string CertificatePath, string KeyPath) FilesOf(string text) =>
            TlsCertificateFiles.TryParse(text, out TlsCertificateFiles? files, out string? error)
                ? (files.CertificatePath, files.KeyPath) : throw new InvalidDataException($"Sip:TlsCertificates: {text} {error}");
    }

    private static SipListeningPoint PointOf(string text, SipOptions options)
    {
        if (!SipListenPoint.TryParse(text, out SipListenPoint? point, out string? error))
            throw new FormatException($"Sip:Listen: {text} {error}.");
        string? host = point.Advertised?.Host ?? (options.AdvertisedAddress.Length > 0 ? options.AdvertisedAddress : null);
        int? port = point.Advertised?.Port ?? (host is not null && options.AdvertisedPort > 0 ? options.AdvertisedPort : null);
        return new SipListeningPoint
        {
            Protocol = point.Protocol switch
            {
                SipListenProtocol.Udp => SipTransportProtocol.Udp,
                SipListenProtocol.Tcp => SipTransportProtocol.Tcp,
                _ => SipTransportProtocol.Tls,
            },
            Bind = point.EndPoint,
            AdvertisedHost = host,
            AdvertisedPort = port,
        };
    }
}
