using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.Files;

/// <summary>Writes a WAVE file of PCM16 mono piece by piece; the sizes in the header are set when it is disposed.</summary>
public sealed class WavWriter : IDisposable
{
    private const int HeaderBytes = 44;

    private readonly FileStream _file;
    private readonly int _sampleRateHz;
    private bool _disposed;

    /// <summary>Creates the file; an existing one is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public WavWriter(string path, int sampleRateHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRateHz, 1);
        _sampleRateHz = sampleRateHz;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write);
        WriteHeader(0);
    }

    /// <summary>Appends samples.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Write(ReadOnlySpan<short> samples)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _file.Write(MemoryMarshal.AsBytes(samples)); // little-endian hosts only, as the rest of the house
    }

    /// <summary>Completes the header and closes the file.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        long dataBytes = _file.Length - HeaderBytes;
        _file.Position = 0;
        WriteHeader((uint)Math.Min(dataBytes, uint.MaxValue - HeaderBytes));
        _file.Dispose();
    }

    private void WriteHeader(uint dataBytes)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], dataBytes + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], _sampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], _sampleRateHz * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataBytes);
        _file.Write(header);
    }
}
