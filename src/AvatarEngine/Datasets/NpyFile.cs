using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// Writes one NumPy array file (format 1.0, little-endian, C order) row by row; the header gets the number of rows at the end.
/// Unbuffered, so that a full disk shows in the write and not again in Dispose. One thread. Without <see cref="Complete"/> the file claims no rows.
/// </summary>
/// <typeparam name="T">byte, short, Half or float.</typeparam>
internal sealed class NpyFile<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Bytes before the data; the format wants a multiple of 64.</summary>
    private const int HeaderBytes = 128;

    /// <summary>Magic (6), version (2), length of the rest (2).</summary>
    private const int PreambleBytes = 10;

    private readonly FileStream _file;
    private readonly int[] _rowShape;
    private readonly int _rowLength;
    private int _rows;

    /// <summary>Creates the file, replacing another one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="rowShape">Shape of one row; none for an array of numbers.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public NpyFile(string path, params int[] rowShape)
    {
        _rowShape = rowShape;
        _rowLength = rowShape.Aggregate(1, (a, b) => a * b);
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        WriteHeader();
    }

    private static string Descriptor =>
        typeof(T) == typeof(byte) ? "|u1"
        : typeof(T) == typeof(short) ? "<i2"
        : typeof(T) == typeof(Half) ? "<f2"
        : typeof(T) == typeof(float) ? "<f4"
        : throw new NotSupportedException($"No .npy type for {typeof(T).Name}.");

    /// <summary>Writes a whole file.</summary>
    public static void Write(string path, ReadOnlySpan<T> values, params int[] rowShape)
    {
        using var file = new NpyFile<T>(path, rowShape);
        file.Append(values);
        file.Complete();
    }

    /// <summary>Appends whole rows.</summary>
    /// <exception cref="ArgumentException">Not a whole number of rows.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Append(ReadOnlySpan<T> values)
    {
        if (values.Length % _rowLength != 0)
            throw new ArgumentException($"{values.Length} values are no whole rows of {_rowLength}.", nameof(values));
        _file.Write(MemoryMarshal.AsBytes(values));
        _rows += values.Length / _rowLength;
    }

    /// <summary>Writes the number of rows into the header and flushes.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Complete()
    {
        _file.Position = 0;
        WriteHeader();
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void WriteHeader()
    {
        string shape = string.Join(", ", _rowShape.Prepend(_rows).Select(n => n.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '{Descriptor}', 'fortran_order': False, 'shape': ({shape}{(_rowShape.Length == 0 ? "," : "")}), }}";
        const int TextBytes = HeaderBytes - PreambleBytes;
        ReadOnlySpan<byte> preamble = [0x93, .. "NUMPY"u8, 1, 0, TextBytes, 0];
        _file.Write(preamble);
        _file.Write(Encoding.ASCII.GetBytes(text.PadRight(TextBytes - 1) + "\n"));
    }
}
