namespace Avatar2D.Codecs.Audio;

/// <summary>ITU-T G.711: 8 bits per sample at 8 kHz, between PCM16 and A-law or mu-law by table. Safe from any thread.</summary>
public static class G711
{
    /// <summary>The only rate of G.711.</summary>
    public const int SampleRateHz = 8000;

    private static readonly short[] ALinear = BuildLinear(ALawValue);
    private static readonly short[] MuLinear = BuildLinear(MuLawValue);
    private static readonly byte[] ACode = BuildCodes(ALawDecision, 0x80, 0x55);
    private static readonly byte[] MuCode = BuildCodes(MuLawDecision, 0, 0xFF);

    /// <summary>The byte of digital silence: 0xD5 in A-law, 0xFF in mu-law.</summary>
    public static byte Silence(G711Law law) => law == G711Law.A ? (byte)0xD5 : (byte)0xFF;

    /// <summary>Expands bytes to PCM16.</summary>
    /// <exception cref="ArgumentException">The PCM is shorter than the payload.</exception>
    public static void Decode(G711Law law, ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        if (pcm.Length < payload.Length)
            throw new ArgumentException("The PCM has no room for the payload.", nameof(pcm));
        ReadOnlySpan<short> table = law == G711Law.A ? ALinear : MuLinear;
        for (int i = 0; i < payload.Length; i++)
            pcm[i] = table[payload[i]];
    }

    /// <summary>Compresses PCM16 to bytes by the decision values of the standard.</summary>
    /// <exception cref="ArgumentException">The payload is shorter than the PCM.</exception>
    public static void Encode(G711Law law, ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        if (payload.Length < pcm.Length)
            throw new ArgumentException("The payload has no room for the PCM.", nameof(payload));
        ReadOnlySpan<byte> table = law == G711Law.A ? ACode : MuCode;
        for (int i = 0; i < pcm.Length; i++)
            payload[i] = table[(ushort)pcm[i] >> 2];
    }

    /// <summary>G.711 table 1: even bits inverted; segment 0 and 1 share a step, each further segment doubles it.</summary>
    private static short ALawValue(int code)
    {
        int plain = code ^ 0x55;
        int segment = (plain >> 4) & 7;
        int value = ((plain & 15) << 4) + 8;
        if (segment > 0)
            value = (value + 256) << (segment - 1);
        return (short)((plain & 0x80) != 0 ? value : -value);
    }

    /// <summary>G.711 table 2: all bits inverted; 33 (132 in 16-bit steps) is the bias that makes segments a power of two.</summary>
    private static short MuLawValue(int code)
    {
        int plain = ~code & 0xFF;
        int value = ((((plain & 15) << 3) + 132) << ((plain >> 4) & 7)) - 132;
        return (short)((plain & 0x80) != 0 ? -value : value);
    }

    private static short[] BuildLinear(Func<int, short> value)
    {
        short[] table = new short[256];
        for (int code = 0; code < 256; code++)
            table[code] = value(code);
        return table;
    }

    /// <summary>
    /// Codes for the top 14 bits of a sample (the bins of mu-law, and finer than the 13 bits of A-law): the last code whose decision
    /// value is not above the magnitude; the magnitude of a negative sample is its one's complement.
    /// </summary>
    private static byte[] BuildCodes(Func<int, int> decisionValue, int positive, int inversion)
    {
        byte[] table = new byte[16384];
        int code = 0;
        for (int bin = 0; bin < 8192; bin++)
        {
            while (code < 127 && decisionValue(code + 1) <= bin * 4)
                code++;
            table[bin] = (byte)((positive | code) ^ inversion);
            table[16383 - bin] = (byte)((positive ^ 0x80 | code) ^ inversion);
        }

        return table;
    }

    /// <summary>Where the interval of a plain code (segment and step) begins, in 16-bit steps.</summary>
    private static int ALawDecision(int code) => code < 16 ? code << 4 : ((code & 15) + 16) << ((code >> 4) + 3);

    private static int MuLawDecision(int code) => (((code & 15) + 16) << ((code >> 4) + 3)) - 132;
}
