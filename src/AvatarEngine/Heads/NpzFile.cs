using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>Reads named arrays of a NumPy .npz file (a zip of .npy files, format 1.0 to 3.0, little-endian, C order).</summary>
internal sealed class NpzFile : IDisposable
{
    private const int MaxHeaderBytes = 1 << 16;
    private const long MaxArrayBytes = 1L << 30;

    private readonly string _path;
    private readonly ZipArchive _zip;

    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no .npz file.</exception>
    public NpzFile(string path)
    {
        _path = path;
        try
        {
            _zip = ZipFile.OpenRead(path);
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException($"{path} is no .npz file: {broken.Message}", broken);
        }
    }

    /// <summary>Whether an array is there.</summary>
    public bool Has(string name) => _zip.GetEntry(name + ".npy") is not null;

    /// <summary>Reads an array of numbers; float16, float32, int32 and uint8 are converted to the type asked for.</summary>
    /// <typeparam name="T">float, int or Half.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Wanted shape, -1 for any size.</param>
    /// <exception cref="InvalidDataException">It is missing, broken, or of another shape or type.</exception>
    public (T[] Values, int[] Shape) Numbers<T>(string name, params ReadOnlySpan<int> shape)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        (string type, int[] found, byte[] data) = Read(name);
        bool fits = found.Length == shape.Length;
        for (int i = 0; fits && i < shape.Length; i++)
            fits = shape[i] < 0 || shape[i] == found[i];
        if (!fits)
            throw Broken(name, $"has the shape ({string.Join(", ", found)}), not ({string.Join(", ", shape.ToArray()).Replace("-1", "any", StringComparison.Ordinal)})");
        T[] values = type switch
        {
            "<f2" => Convert<Half, T>(data),
            "<f4" => Convert<float, T>(data),
            "<i4" => Convert<int, T>(data),
            "|u1" => Convert<byte, T>(data),
            _ => throw Broken(name, $"has the type {type}; float16, float32, int32 and uint8 are read"),
        };
        return (values, found);
    }

    /// <summary>Reads an array of strings.</summary>
    /// <exception cref="InvalidDataException">It is missing, broken, or of another type.</exception>
    public string[] Strings(string name)
    {
        (string type, int[] shape, byte[] data) = Read(name);
        if (!type.StartsWith("<U", StringComparison.Ordinal) || !int.TryParse(type.AsSpan(2), CultureInfo.InvariantCulture, out int length) || shape.Length != 1)
            throw Broken(name, "is no list of strings");
        var result = new string[shape[0]];
        for (int i = 0; i < result.Length; i++)
            result[i] = Encoding.UTF32.GetString(data, i * length * 4, length * 4).TrimEnd('\0');
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static TTo[] Convert<TFrom, TTo>(byte[] data)
        where TFrom : unmanaged, System.Numerics.INumber<TFrom>
        where TTo : unmanaged, System.Numerics.INumber<TTo>
    {
        ReadOnlySpan<TFrom> from = MemoryMarshal.Cast<byte, TFrom>(data);
        var to = new TTo[from.Length];
        for (int i = 0; i < to.Length; i++)
            to[i] = TTo.CreateTruncating(from[i]);
        return to;
    }

    private static string Field(string header, string key)
    {
        int at = header.IndexOf($"'{key}':", StringComparison.Ordinal);
        return at < 0 ? "" : header[(at + key.Length + 3)..].TrimStart();
    }

    private (string Type, int[] Shape, byte[] Data) Read(string name)
    {
        ZipArchiveEntry entry = _zip.GetEntry(name + ".npy") ?? throw Broken(name, "is missing");
        try
        {
            using Stream stream = entry.Open();
            Span<byte> preamble = stackalloc byte[12];
            stream.ReadExactly(preamble[..10]);
            if (!preamble[..6].SequenceEqual((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]))
                throw Broken(name, "is no NumPy array");
            int length = BinaryPrimitives.ReadUInt16LittleEndian(preamble[8..]);
            if (preamble[6] > 1)
            {
                stream.ReadExactly(preamble[10..]);
                length = (int)BinaryPrimitives.ReadUInt32LittleEndian(preamble[8..]);
            }

            if (length is < 0 or > MaxHeaderBytes)
                throw Broken(name, "has no readable header");
            byte[] text = new byte[length];
            stream.ReadExactly(text);
            string header = Encoding.UTF8.GetString(text);
            string type = Field(header, "descr").Split('\'') is [_, string descr, ..] ? descr : "";
            if (!Field(header, "fortran_order").StartsWith("False", StringComparison.Ordinal))
                throw Broken(name, "is not in C order");
            string[] sizes = Field(header, "shape").Split('(', ')') is [_, string list, ..] ? list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
            int[] shape = [.. sizes.Select(s => int.Parse(s, CultureInfo.InvariantCulture))];
            int itemBytes = type.StartsWith("<U", StringComparison.Ordinal) ? 4 * int.Parse(type.AsSpan(2), CultureInfo.InvariantCulture) : type.Length == 3 ? type[2] - '0' : 1;
            long bytes = shape.Aggregate((long)itemBytes, (product, size) => checked(product * size));
            if (bytes is < 0 or > MaxArrayBytes)
                throw Broken(name, "is too large");
            byte[] data = new byte[bytes];
            stream.ReadExactly(data);
            return (type, shape, data);
        }
        catch (Exception broken) when (broken is EndOfStreamException or FormatException or OverflowException)
        {
            throw new InvalidDataException($"{_path}: the array '{name}' cannot be read: {broken.Message}", broken);
        }
    }

    private InvalidDataException Broken(string name, string why) => new($"{_path}: the array '{name}' {why}.");
}
