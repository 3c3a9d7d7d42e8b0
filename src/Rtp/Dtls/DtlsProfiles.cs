using Avatar2D.Rtp.Srtp;

namespace Avatar2D.Rtp.Dtls;

/// <summary>SRTP protection profiles of DTLS (RFC 5764 §4.1.2, RFC 7714 §14.2) and the keys that follow from a handshake.</summary>
internal static class DtlsProfiles
{
    /// <summary>All that we have, best known first.</summary>
    public static readonly int[] All = [0x0001, 0x0007, 0x0008, 0x0002];

    /// <summary>The suite of a profile; null for one that we do not have.</summary>
    public static SrtpSuite? SuiteOf(int profile) => profile switch
    {
        0x0001 => SrtpSuite.AesCm80,
        0x0002 => SrtpSuite.AesCm32,
        0x0007 => SrtpSuite.Gcm128,
        0x0008 => SrtpSuite.Gcm256,
        _ => null,
    };

    /// <summary>Bytes of keying material to export.</summary>
    public static int MaterialBytes(SrtpSuite suite) => 2 * (suite.KeyBytes + suite.SaltBytes);

    /// <summary>Cuts the exported material: client key, server key, client salt, server salt (RFC 5764 §4.2).</summary>
    public static SrtpKeys Keys(SrtpSuite suite, ReadOnlySpan<byte> material, bool isClient)
    {
        SrtpKey client = Key(suite, material[..suite.KeyBytes], material.Slice(2 * suite.KeyBytes, suite.SaltBytes));
        SrtpKey server = Key(suite, material.Slice(suite.KeyBytes, suite.KeyBytes), material.Slice((2 * suite.KeyBytes) + suite.SaltBytes, suite.SaltBytes));
        return isClient ? new SrtpKeys(client, server) : new SrtpKeys(server, client);
    }

    private static SrtpKey Key(SrtpSuite suite, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt) =>
        SrtpKey.TryCreate(suite, [.. key, .. salt], 0, out SrtpKey? made) && made is not null
            ? made : throw new ArgumentException("Key and salt do not fit the suite.", nameof(key));
}
