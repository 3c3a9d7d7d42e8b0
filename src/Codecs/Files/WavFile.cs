using System.Buffers.Binary;

namespace Avatar2D.Codecs.Files;

/// <summary>Reads and writes RIFF WAVE files as PCM16 mono.</summary>
public static class WavFile
{
    private const int FormatPcm = 1;
    private const int FormatFloat = 3;
    private const int FormatALaw = 6;
    private const int FormatMuLaw = 7;
    private const int FormatExtensible = 0xFFFE;

    /// <summary>Reads a file: PCM of 8, 16, 24 or 32 bits, 32-bit float, A-law or mu-law; more channels are mixed to one.</summary>
    /// <exception cref="CodecException">It is no WAVE file, is cut short before its samples, or holds another coding.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PcmClip Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a file and converts it to a rate.</summary>
    /// <exception cref="CodecException">As <see cref="Read(string)"/>.</exception>
    public static PcmClip Read(string path, int sampleRateHz) => Read(path).At(sampleRateHz, path);

    /// <summary>Reads the bytes of a WAVE file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="CodecException">As <see cref="Read(string)"/>.</exception>
    public static PcmClip Parse(ReadOnlySpan<byte> file, string name)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file.Slice(8, 4).SequenceEqual("WAVE"u8))
            throw new CodecException($"{name} is not a WAVE file.");
        ReadOnlySpan<byte> format = default;
        ReadOnlySpan<byte> rest = file[12..];
        while (rest.Length >= 8)
        {
            ReadOnlySpan<byte> id = rest[..4];
            uint stated = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            rest = rest[8..];
            // A recorder that was killed leaves a data size of 0xFFFFFFFF or more than there is: take what is there.
            int size = (int)Math.Min(stated, (uint)rest.Length);
            if (id.SequenceEqual("fmt "u8))
                format = rest[..size];
            else if (id.SequenceEqual("data"u8))
                return Decode(format, rest[..size], name);
            rest = rest[Math.Min(rest.Length, size + (size & 1))..];
        }

        throw new CodecException($"{name} has no samples.");
    }

    /// <summary>Writes PCM16 mono; an existing file is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, int sampleRateHz, ReadOnlySpan<short> samples)
    {
        using WavWriter writer = new(path, sampleRateHz);
        writer.Write(samples);
    }

    private static PcmClip Decode(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data, string name)
    {
        if (format.Length < 16)
            throw new CodecException($"{name} has samples but no format before them.");
        int coding = BinaryPrimitives.ReadUInt16LittleEndian(format);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        int rate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        // The extensible form has the coding in the first two bytes of its sub-format.
        if (coding == FormatExtensible && format.Length >= 26)
            coding = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        if (channels is < 1 or > 32 || rate is < 1000 or > 384_000)
            throw new CodecException($"{name} states {channels} channels at {rate} Hz.");
        if (!IsKnown(coding, bits))
            throw new CodecException($"{name} holds coding {coding} with {bits} bits; PCM of 8 to 32 bits, 32-bit float, A-law and mu-law can be read.");
        int sampleBytes = bits / 8;
        short[] samples = new short[data.Length / (sampleBytes * channels)];
        for (int i = 0; i < samples.Length; i++)
        {
            long sum = 0;
            for (int c = 0; c < channels; c++)
                sum += Sample(coding, bits, data.Slice(((i * channels) + c) * sampleBytes, sampleBytes));
            samples[i] = (short)(sum / channels);
        }

        return new PcmClip(rate, samples);
    }

    private static bool IsKnown(int coding, int bits) => coding switch
    {
        FormatPcm => bits is 8 or 16 or 24 or 32,
        FormatFloat => bits == 32,
        FormatALaw or FormatMuLaw => bits == 8,
        _ => false,
    };

    private static int Sample(int coding, int bits, ReadOnlySpan<byte> at)
    {
        if (coding == FormatFloat)
        {
            float value = BinaryPrimitives.ReadSingleLittleEndian(at);
            return float.IsNaN(value) ? 0 : (int)Math.Clamp(MathF.Round(value * 32768f), short.MinValue, short.MaxValue);
        }

        if (coding is FormatALaw or FormatMuLaw)
        {
            short linear = 0;
            Audio.G711.Decode(coding == FormatALaw ? Audio.G711Law.A : Audio.G711Law.Mu, at, new Span<short>(ref linear));
            return linear;
        }

        return bits switch
        {
            8 => (at[0] - 128) << 8,
            16 => BinaryPrimitives.ReadInt16LittleEndian(at),
            24 => BinaryPrimitives.ReadInt16LittleEndian(at[1..]),
            _ => BinaryPrimitives.ReadInt16LittleEndian(at[2..]),
        };
    }
}
