using System.ComponentModel.DataAnnotations;

using Avatar2D.Sip.Transports;

namespace Avatar2D.Gateway.Options;

/// <summary>SIP signalling: where it listens and what it says about itself (RFC 3261 §18).</summary>
public sealed record SipOptions
{
    /// <summary>
    /// Points on which SIP is received, one per network interface and protocol. A point may end in
    /// " advertise HOST:PORT": then Via and Contact of this point carry that address instead (a NAT in front).
    /// </summary>
    /// <value>Default: udp:0.0.0.0:5060, tcp:0.0.0.0:5060. Unit: list of udp:HOST:PORT, tcp:HOST:PORT or tls:HOST:PORT, IPv6 in [].</value>
    [MinLength(1)]
    public IReadOnlyList<string> Listen { get; init; } = ["udp:0.0.0.0:5060", "tcp:0.0.0.0:5060"];

    /// <summary>
    /// Public address of this gateway in Via, Contact and SDP when it stands behind a NAT. Empty: the address of the
    /// interface that faces the peer. A listen point's own "advertise" goes first.
    /// </summary>
    /// <value>Default: empty. Unit: IP address or host name.</value>
    public string AdvertisedAddress { get; init; } = "";

    /// <summary>Public SIP port that belongs to <see cref="AdvertisedAddress"/>. 0: the port of the listen point.</summary>
    /// <value>Default: 0. Unit: port number.</value>
    [Range(0, 65535)]
    public int AdvertisedPort { get; init; }

    /// <summary>
    /// RFC 3261's T1, the estimate of the round trip: the first retransmission comes after it, and a request is given up after
    /// 64 times as long. Smaller only in a private network (RFC 3261 §17.1.1.1), larger on slow links such as satellites.
    /// </summary>
    /// <value>Default: 500. Unit: milliseconds.</value>
    [Range(50, 10000)]
    public int T1Ms { get; init; } = 500;

    /// <summary>Product name in the User-Agent and Server header fields (RFC 3261 §20.41, §20.35).</summary>
    /// <value>Default: Avatar2D/0.1. Unit: text, 1 to 80 characters.</value>
    [StringLength(80, MinimumLength = 1)]
    public string UserAgent { get; init; } = "Avatar2D/0.1";

    /// <summary>
    /// Longest request over UDP; a longer one goes over TCP, and over UDP after all where the peer takes no TCP (RFC 3261
    /// §18.1.1). 0: all go over UDP, for networks that carry fragments and block TCP.
    /// </summary>
    /// <value>Default: 1300. Unit: bytes.</value>
    [Range(0, 65000)]
    public int MaxUdpRequestBytes { get; init; } = 1300;

    /// <summary>
    /// A TCP or TLS connection that this gateway opened gets a ping after so long a silence, so that NATs and firewalls keep it
    /// (RFC 5626 §3.5.1). 0: never.
    /// </summary>
    /// <value>Default: 30. Unit: seconds.</value>
    [Range(0, 3600)]
    public int KeepAliveSeconds { get; init; } = 30;

    /// <summary>
    /// Interval in which a session must be refreshed, as this gateway proposes it (RFC 4028); the far end may want a shorter one.
    /// 0: no session timers.
    /// </summary>
    /// <value>Default: 1800. Unit: seconds.</value>
    [Range(0, 86400)]
    public int SessionExpiresSeconds { get; init; } = 1800;

    /// <summary>The shortest refresh interval that is accepted; who wants less gets 422 with this one (RFC 4028 §5).</summary>
    /// <value>Default: 90. Unit: seconds.</value>
    [Range(90, 86400)]
    public int MinSessionExpiresSeconds { get; init; } = 90;

    /// <summary>
    /// Certificates of this gateway for TLS, PEM with their chains: the file of the certificate, a space, the file of its key;
    /// one name when both are in one file. A client that names a host (SNI) gets the first that bears it, else the very first,
    /// which is also shown to servers that ask for ours. Changed files are taken up without restart.
    /// </summary>
    /// <value>Default: empty. Unit: list of file paths, two by two.</value>
    public IReadOnlyList<string> TlsCertificates { get; init; } = [];

    /// <summary>Authorities that certificates of TLS peers must come from. Empty: those of the system.</summary>
    /// <value>Default: empty. Unit: path of a PEM file.</value>
    public string TlsAuthorities { get; init; } = "";

    /// <summary>What is wanted of the certificates of TLS clients; require is for trunks, as phones have none.</summary>
    /// <value>Default: ignore. Unit: one of ignore, request, require.</value>
    public TlsClientCertificates TlsClientCertificates { get; init; } = TlsClientCertificates.Ignore;

    /// <summary>False: TLS servers that this gateway connects to may show any certificate.</summary>
    /// <value>Default: true. Unit: true or false.</value>
    public bool TlsVerifyServers { get; init; } = true;

    /// <summary>Realm of the digest authentication of callers; it stands in the hashes of <see cref="Users"/> too.</summary>
    /// <value>Default: avatar2d. Unit: text, 1 to 80 characters.</value>
    [StringLength(80, MinimumLength = 1)]
    public string Realm { get; init; } = "avatar2d";

    /// <summary>
    /// Who may call, by user name: the hash of user:realm:password, MD5 (32 hexadecimal digits) or SHA-256 (64), or both with a
    /// space between (RFC 7616, RFC 8760). Empty: anybody may. Callers of <see cref="TrustedPeers"/> are not asked.
    /// </summary>
    /// <value>Default: empty. Unit: map of user name to hashes.</value>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Every request outside a call goes to this proxy first. Empty: straight to its target.</summary>
    /// <value>Default: empty. Unit: SIP URI, as sip:proxy.example.com;transport=tcp.</value>
    public string OutboundProxy { get; init; } = "";

    /// <summary>
    /// DNS servers that are asked for SIP names (NAPTR, SRV, A and AAAA records, RFC 3263). Empty: those of the system, and its
    /// hosts file for addresses.
    /// </summary>
    /// <value>Default: empty. Unit: list of IP addresses, or IP address and port.</value>
    public IReadOnlyList<string> NameServers { get; init; } = [];

    /// <summary>Registrar at which this gateway registers, as an extension or trunk of a PBX (RFC 3261 §10). Empty: none.</summary>
    /// <value>Default: empty. Unit: SIP URI, as sip:pbx.example.com.</value>
    public string Registrar { get; init; } = "";

    /// <summary>Address of record that is registered.</summary>
    /// <value>Default: empty. Unit: SIP URI, as sip:100@pbx.example.com.</value>
    public string RegisterAs { get; init; } = "";

    /// <summary>User name for registrars and proxies that ask. Empty: the user of <see cref="RegisterAs"/>.</summary>
    /// <value>Default: empty. Unit: user name.</value>
    public string AuthUser { get; init; } = "";

    /// <summary>File whose first line is the password for registrars and proxies that ask. Empty: no password.</summary>
    /// <value>Default: empty. Unit: file path.</value>
    public string AuthPasswordFile { get; init; } = "";

    /// <summary>How long a registration is to last; the registrar may grant less, and it is refreshed in time.</summary>
    /// <value>Default: 3600. Unit: seconds.</value>
    [Range(60, 86400)]
    public int RegisterSeconds { get; init; } = 3600;

    /// <summary>
    /// New calls and other requests outside a call that one address may send per second; more get 503 with Retry-After, and
    /// <see cref="TrustedPeers"/> have no bound. Twice as many may come at once. 0: no bound.
    /// </summary>
    /// <value>Default: 0. Unit: requests per second.</value>
    [Range(0, 100000)]
    public int MaxRequestsPerSecond { get; init; }

    /// <summary>
    /// Networks whose P-Asserted-Identity, History-Info and Diversion are believed (RFC 3325 §5). From anybody else they are ignored,
    /// and the identity of a caller is the From header. Empty: nobody is believed.
    /// </summary>
    /// <value>Default: empty. Unit: list of IP addresses or networks (10.0.0.0/8).</value>
    public IReadOnlyList<string> TrustedPeers { get; init; } = [];
}
