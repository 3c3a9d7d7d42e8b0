namespace Avatar2D.Rtp.Stun;

/// <summary>Attribute types of STUN (RFC 8489 §14, RFC 8445 §16.1) that we read or write. Below 0x8000: a receiver must know it.</summary>
internal static class StunAttribute
{
    public const ushort MappedAddress = 0x0001;
    public const ushort Username = 0x0006;
    public const ushort MessageIntegrity = 0x0008;
    public const ushort ErrorCode = 0x0009;
    public const ushort UnknownAttributes = 0x000A;
    public const ushort XorMappedAddress = 0x0020;
    public const ushort Priority = 0x0024;
    public const ushort UseCandidate = 0x0025;
    public const ushort FirstOptional = 0x8000;
    public const ushort Fingerprint = 0x8028;
    public const ushort IceControlled = 0x8029;
}
