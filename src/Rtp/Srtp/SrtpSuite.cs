namespace Avatar2D.Rtp.Srtp;

/// <summary>A crypto suite by its SDP name (RFC 4568 §6.2, RFC 7714 §14.2) and its sizes in bytes.</summary>
public sealed class SrtpSuite
{
    /// <summary>AES counter mode, HMAC-SHA1 cut to 80 bits (RFC 3711 §4): what everybody has.</summary>
    public static readonly SrtpSuite AesCm80 = new("AES_CM_128_HMAC_SHA1_80", keyBytes: 16, saltBytes: 14, tagBytes: 10, rtcpTagBytes: 10, isAead: false);

    /// <summary>The same with a tag of 32 bits on RTP; RTCP keeps its 80 (RFC 4568 §6.2.2).</summary>
    public static readonly SrtpSuite AesCm32 = new("AES_CM_128_HMAC_SHA1_32", keyBytes: 16, saltBytes: 14, tagBytes: 4, rtcpTagBytes: 10, isAead: false);

    /// <summary>AES-GCM with a key of 128 bits (RFC 7714).</summary>
    public static readonly SrtpSuite Gcm128 = new("AEAD_AES_128_GCM", keyBytes: 16, saltBytes: 12, tagBytes: 16, rtcpTagBytes: 16, isAead: true);

    /// <summary>AES-GCM with a key of 256 bits (RFC 7714).</summary>
    public static readonly SrtpSuite Gcm256 = new("AEAD_AES_256_GCM", keyBytes: 32, saltBytes: 12, tagBytes: 16, rtcpTagBytes: 16, isAead: true);

    private SrtpSuite(string name, int keyBytes, int saltBytes, int tagBytes, int rtcpTagBytes, bool isAead)
    {
        Name = name;
        KeyBytes = keyBytes;
        SaltBytes = saltBytes;
        TagBytes = tagBytes;
        RtcpTagBytes = rtcpTagBytes;
        IsAead = isAead;
    }

    /// <summary>All suites, as we offer them: the one that everybody has first.</summary>
    public static IReadOnlyList<SrtpSuite> All { get; } = [AesCm80, Gcm128, Gcm256, AesCm32];

    /// <summary>Name in a=crypto.</summary>
    public string Name { get; }

    /// <summary>Master and session key.</summary>
    public int KeyBytes { get; }

    /// <summary>Master and session salt.</summary>
    public int SaltBytes { get; }

    /// <summary>What a protected RTP packet is longer by, without MKI.</summary>
    public int TagBytes { get; }

    /// <summary>Tag of a protected RTCP packet, without the index.</summary>
    public int RtcpTagBytes { get; }

    /// <summary>True for AES-GCM.</summary>
    public bool IsAead { get; }

    /// <summary>The suite of a name; null for one that we do not know.</summary>
    public static SrtpSuite? Find(string name) => All.FirstOrDefault(suite => suite.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
