using System.Buffers.Text;
using System.Security.Cryptography;

namespace Avatar2D.Sip.Transports;

/// <summary>
/// Random names and delays. From the system's cryptographic source (tags and Call-IDs must not be guessed, RFC 3261 §19.3), or
/// from a seeded <see cref="Random"/> so that tests repeat. Any thread.
/// </summary>
internal sealed class SipTokens(Random? seeded)
{
    private readonly Lock _gate = new();

    /// <summary>Branch of a Via: the cookie of RFC 3261 §8.1.1.7 and 96 random bits.</summary>
    public string Branch() => "z9hG4bK" + Token(12);

    /// <summary>Tag of From or To: 72 random bits.</summary>
    public string Tag() => Token(9);

    /// <summary>Call-ID without a host: 120 random bits.</summary>
    public string CallId() => Token(15);

    /// <summary>A number in [<paramref name="from"/>, <paramref name="to"/>].</summary>
    public int Between(int from, int to)
    {
        if (seeded is null)
        {
            return RandomNumberGenerator.GetInt32(from, to + 1);
        }

        lock (_gate)
        {
            return seeded.Next(from, to + 1);
        }
    }

    private string Token(int byteCount)
    {
        Span<byte> bytes = stackalloc byte[byteCount];
        if (seeded is null)
        {
            RandomNumberGenerator.Fill(bytes);
        }
        else
        {
            lock (_gate)
            {
                seeded.NextBytes(bytes);
            }
        }

        return Base64Url.EncodeToString(bytes);
    }
}
