using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Sip.Transports;

/// <summary>TLS 1.2 and 1.3 by the system's library: RFC 3261 §26.2.1, RFC 5922. Any thread.</summary>
/// <param name="options">Files and rules.</param>
/// <param name="time">Clock of the reload.</param>
/// <param name="logger">Log.</param>
public sealed class TlsStreamSecurity(SipTlsOptions options, TimeProvider time, ILogger logger) : ISipStreamSecurity
{
    private readonly TlsCertificateStore _store = new(options, time, logger);

    /// <inheritdoc/>
    public async ValueTask<Stream> WrapAsync(
        Stream stream, SipDestination destination, bool weOpened, CancellationToken cancellation)
    {
        var certificates = _store.Current();
        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            if (weOpened)
            {
                await secure.AuthenticateAsClientAsync(AsClient(certificates, destination), cancellation);
            }
            else
            {
                await secure.AuthenticateAsServerAsync(
                    (_, hello, _, _) => ValueTask.FromResult(AsServer(certificates, hello.ServerName)), null, cancellation);
            }

            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private SslClientAuthenticationOptions AsClient(TlsCertificateSet certificates, SipDestination destination) => new()
    {
        TargetHost = destination.Host ?? destination.Remote.Address.ToString(),
        ClientCertificateContext = certificates.First,
        CertificateChainPolicy = Policy(certificates),
        RemoteCertificateValidationCallback = AcceptServer,
    };

    private SslServerAuthenticationOptions AsServer(TlsCertificateSet certificates, string? host) => new()
    {
        ServerCertificateContext = certificates.For(host),
        ClientCertificateRequired = options.ClientCertificates != TlsClientCertificates.Ignore,
        CertificateChainPolicy = Policy(certificates),
        RemoteCertificateValidationCallback = AcceptClient,
    };

    private static X509ChainPolicy Policy(TlsCertificateSet certificates)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (certificates.Trusted is { } trusted)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trusted);
        }

        return policy;
    }

    // Whatever is wrong with it may be accepted, but one must be there.
    private bool AcceptServer(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || (!options.VerifyServers && certificate is not null);

    // A client has no name to prove here; who it is, SIP says.
    private bool AcceptClient(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        options.ClientCertificates switch
        {
            TlsClientCertificates.Ignore => true,
            TlsClientCertificates.Request when certificate is null => true,
            _ => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None,
        };
}
