using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Avatar2D.Sip.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Transports;

/// <summary>
/// The certificates of the gateway, loaded anew when a file has changed; when that fails the old ones stay. A connection keeps
/// what it was made with. Any thread.
/// </summary>
internal sealed class TlsCertificateStore
{
    private readonly SipTlsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private TlsCertificateSet _set;
    private long _checkedAt;

    /// <summary>
    /// Loads. Throws <see cref="IOException"/>, <see cref="UnauthorizedAccessException"/> or <see cref="CryptographicException"/>
    /// when a file cannot be used.
    /// </summary>
    public TlsCertificateStore(SipTlsOptions options, TimeProvider time, ILogger logger)
    {
        (_options, _time, _logger) = (options, time, logger);
        _set = TlsCertificateSet.Load(options);
        _checkedAt = time.GetTimestamp();
        SipLog.CertificatesLoaded(logger, _set.Names);
    }

    /// <summary>The certificates for a connection that is made now.</summary>
    public TlsCertificateSet Current()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_checkedAt) < _options.ReloadInterval)
            {
                return _set;
            }

            _checkedAt = _time.GetTimestamp();
        }

        try
        {
            if (_set.IsStale(_options))
            {
                var fresh = TlsCertificateSet.Load(_options);
                Volatile.Write(ref _set, fresh);
                SipLog.CertificatesLoaded(_logger, fresh.Names);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            SipLog.CertificatesKept(_logger, e.Message); // a renewal may be half written: the next look decides
        }

        return Volatile.Read(ref _set);
    }
}

/// <summary>Certificates as they were in their files at one moment. Immutable; never disposed of, as handshakes may still use it.</summary>
internal sealed class TlsCertificateSet
{
    private readonly (X509Certificate2 Certificate, SslStreamCertificateContext Context)[] _own;
    private readonly DateTime[] _writtenAt;

    private TlsCertificateSet(
        (X509Certificate2 Certificate, SslStreamCertificateContext Context)[] own, X509Certificate2Collection? trusted, DateTime[] writtenAt) =>
        (_own, Trusted, _writtenAt) = (own, trusted, writtenAt);

    /// <summary>Authorities of the peers; null for those of the system.</summary>
    public X509Certificate2Collection? Trusted { get; }

    /// <summary>The subjects, for the log.</summary>
    public string Names => string.Join("; ", _own.Select(own => own.Certificate.Subject));

    /// <summary>The first certificate: for clients without SNI, and for us as a client.</summary>
    public SslStreamCertificateContext First => _own[0].Context;

    /// <summary>Reads the files.</summary>
    public static TlsCertificateSet Load(SipTlsOptions options)
    {
        var writtenAt = WriteTimes(options);
        X509Certificate2Collection? trusted = null;
        if (options.TrustPath is { } path)
        {
            trusted = [];
            trusted.ImportFromPemFile(path);
        }

        return new([.. options.Certificates.Select(files => LoadOne(files.CertificatePath, files.KeyPath))], trusted, writtenAt);
    }

    /// <summary>A file was written since these were read.</summary>
    public bool IsStale(SipTlsOptions options) => !WriteTimes(options).SequenceEqual(_writtenAt);

    /// <summary>The certificate for the host that a client wants (SNI, RFC 6066 §3).</summary>
    public SslStreamCertificateContext For(string? host)
    {
        foreach (var (certificate, context) in _own)
        {
            if (!string.IsNullOrEmpty(host) && certificate.MatchesHostname(host))
            {
                return context;
            }
        }

        return First;
    }

    private static (X509Certificate2 Certificate, SslStreamCertificateContext Context) LoadOne(string certificatePath, string keyPath)
    {
        var certificate = X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(certificatePath);
        return (certificate, SslStreamCertificateContext.Create(certificate, chain, offline: true));
    }

    private static DateTime[] WriteTimes(SipTlsOptions options) =>
    [
        .. options.Certificates.SelectMany(files => new[] { files.CertificatePath, files.KeyPath })
            .Concat(options.TrustPath is { } path ? [path] : []).Select(File.GetLastWriteTimeUtc),
    ];
}
