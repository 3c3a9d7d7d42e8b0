using System.Globalization;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>An authority and certificates of it, made by openssl in a folder of their own.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly TempFolder _folder = new();
    private int _issued;

    private CertificateFiles()
    {
    }

    /// <summary>Certificate of the authority.</summary>
    public string Authority => _folder.File("ca.pem");

    /// <summary>Makes an authority and one certificate for each name; a name may be an IPv4 address.</summary>
    public static async Task<CertificateFiles> MakeAsync(params string[] names)
    {
        var files = new CertificateFiles();
        await files.RunAsync("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=interop authority", "-keyout", files._folder.File("ca.key"), "-out", files.Authority);
        foreach (string name in names)
            await files.IssueAsync(name);
        return files;
    }

    /// <summary>Issues a certificate with a new key in place of the one before.</summary>
    public async Task IssueAsync(string name)
    {
        string request = _folder.File($"{name}.csr");
        string kind = name.All(c => c == '.' || char.IsAsciiDigit(c)) ? "IP" : "DNS";
        string extensions = _folder.Write($"{name}.ext", $"subjectAltName={kind}:{name}\n");
        await RunAsync("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-subj", $"/CN={name}", "-keyout", Key(name), "-out", request);
        await RunAsync("x509", "-req", "-in", request, "-CA", Authority, "-CAkey", _folder.File("ca.key"),
            "-set_serial", (++_issued + 1).ToString(CultureInfo.InvariantCulture), "-days", "2", "-extfile", extensions, "-out", Certificate(name));
    }

    /// <summary>File of a certificate.</summary>
    public string Certificate(string name) => _folder.File($"{name}.pem");

    /// <summary>File of its key.</summary>
    public string Key(string name) => _folder.File($"{name}.key");

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(params string[] arguments)
    {
        await using ExternalProcess openssl = ExternalProcess.Start(Tool.Openssl, arguments, _folder.Root);
        Assert.True(await openssl.EndedAsync() == 0, openssl.Report);
    }
}
