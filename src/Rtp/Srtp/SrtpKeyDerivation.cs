using System.Security.Cryptography;

namespace Avatar2D.Rtp.Srtp;

/// <summary>Session keys from a master key (RFC 3711 §4.3, §B.3), with a key derivation rate of zero: once per session.</summary>
internal static class SrtpKeyDerivation
{
    private const int BlockBytes = 16;

    // The input block: salt of 112 bits, 16 bits of counter. A salt of 96 bits is filled up with zeros (RFC 7714 §11).
    private const int LabelOffset = 7;

    /// <summary>Derives one session key: AES in counter mode over the salt, with the label mixed in.</summary>
    /// <param name="key">Master key and salt.</param>
    /// <param name="label">What the key is for.</param>
    /// <param name="bytes">Length of the session key, bytes.</param>
    public static byte[] Derive(SrtpKey key, SrtpLabel label, int bytes)
    {
        byte[] stream = new byte[(bytes + BlockBytes - 1) / BlockBytes * BlockBytes];
        for (int block = 0; block < stream.Length / BlockBytes; block++)
        {
            Span<byte> input = stream.AsSpan(block * BlockBytes, BlockBytes);
            key.MasterSalt.CopyTo(input);
            input[LabelOffset] ^= (byte)label;
            input[^1] = (byte)block;
        }

        using Aes aes = Aes.Create();
        aes.SetKey(key.MasterKey);
        aes.EncryptEcb(stream, stream, PaddingMode.None);
        return stream[..bytes];
    }
}
