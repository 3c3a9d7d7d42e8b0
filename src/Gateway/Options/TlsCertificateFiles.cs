using System.Diagnostics.CodeAnalysis;

namespace Avatar2D.Gateway.Options;

/// <summary>One entry of <see cref="SipOptions.TlsCertificates"/>: <c>gateway.pem gateway.key</c>, or one file with both.</summary>
/// <param name="CertificatePath">PEM, its chain behind it.</param>
/// <param name="KeyPath">PEM of the private key.</param>
public sealed record TlsCertificateFiles(string CertificatePath, string KeyPath)
{
    /// <summary>Reads an entry; the files must exist.</summary>
    /// <param name="text">The text of the setting.</param>
    /// <param name="value">The result.</param>
    /// <param name="error">Why it was refused, without the text itself.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out TlsCertificateFiles? value, [NotNullWhen(false)] out string? error)
    {
        value = null;
        string[] names = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length is 0 or > 2)
        {
            error = "is not one file name, or two with a space between (certificate, key)";
            return false;
        }

        if (Array.Find(names, name => !File.Exists(name)) is { } missing)
        {
            error = $"cannot be used: there is no file {missing}";
            return false;
        }

        value = new TlsCertificateFiles(names[0], names[^1]);
        error = null;
        return true;
    }
}
