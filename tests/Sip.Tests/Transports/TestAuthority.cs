using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Avatar2D.Sip.Tests.Transports;

/// <summary>A certificate authority of a test, in a folder of its own.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("avatar2d-tls-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;
    private byte _serial;

    public TestAuthority(string name = "CN=test authority")
    {
        var request = new CertificateRequest(name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(2));
        TrustPath = Path.Combine(_folder.FullName, "ca.pem");
        File.WriteAllText(TrustPath, _root.ExportCertificatePem());
    }

    /// <summary>The certificate of the authority, PEM.</summary>
    public string TrustPath { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Issues a certificate; the same name twice replaces the files.</summary>
    public (string CertificatePath, string KeyPath) Issue(string host, string? subject = null, string? file = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={subject ?? host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_root, Now.AddHours(-1), Now.AddDays(1), [1, ++_serial]);
        var at = Path.Combine(_folder.FullName, file ?? host);
        File.WriteAllText($"{at}.pem", certificate.ExportCertificatePem());
        File.WriteAllText($"{at}.key", key.ExportPkcs8PrivateKeyPem());
        return ($"{at}.pem", $"{at}.key");
    }

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }
}
