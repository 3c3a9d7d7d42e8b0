namespace Avatar2D.Sip.Tests.Parsing;

/// <summary>Damages messages at random, from a seed: the same seed gives the same damage.</summary>
internal sealed class SipMutator(int seed, byte[][] corpus)
{
    private static readonly byte[][] Tokens =
    [
        "\r\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\r"u8.ToArray(), "\n"u8.ToArray(), "\r\n "u8.ToArray(), "\0"u8.ToArray(), ":"u8.ToArray(),
        ";"u8.ToArray(), ","u8.ToArray(), "\""u8.ToArray(), "\\"u8.ToArray(), "<"u8.ToArray(), ">"u8.ToArray(), "@"u8.ToArray(), "%"u8.ToArray(),
        "%00"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), "[::"u8.ToArray(), "?"u8.ToArray(), "="u8.ToArray(), "("u8.ToArray(), ")"u8.ToArray(),
        " "u8.ToArray(), "\t"u8.ToArray(), "*"u8.ToArray(), "-1"u8.ToArray(), "4294967296"u8.ToArray(), "99999999999999999999"u8.ToArray(),
        [0xff], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x98, 0x80], "Via: "u8.ToArray(), "l: 10\r\n"u8.ToArray(), "SIP/2.0"u8.ToArray(),
        "sip:"u8.ToArray(), "tel:"u8.ToArray(), ";tag=x"u8.ToArray(), ":::"u8.ToArray(),
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next damaged message.</summary>
    public byte[] Next()
    {
        List<byte> bytes = [.. corpus[_random.Next(corpus.Length)]];
        for (int i = _random.Next(1, 6); i > 0; i--)
        {
            Damage(bytes);
        }

        return [.. bytes];
    }

    private void Damage(List<byte> bytes)
    {
        int at = _random.Next(bytes.Count + 1);
        int count = Math.Min(_random.Next(1, 24), bytes.Count - at);
        switch (_random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 1 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, count);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, count));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                byte[] other = corpus[_random.Next(corpus.Length)];
                int from = _random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + _random.Next(1, 80))]);
                break;
            default:
                bytes.InsertRange(at, Tokens[_random.Next(Tokens.Length)]);
                break;
        }
    }
}
