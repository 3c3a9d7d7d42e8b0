namespace Avatar2D.Gateway.Diagnostics;

/// <summary>
/// Appends whole lines to a file that is opened anew for each batch, so that logrotate may move it at any time. A line that a
/// crash or a full disk cut short is closed by a line feed before the next one, so that it spoils no other.
/// </summary>
internal sealed class CdrFile : ICdrSink
{
    private readonly string _path;

    /// <summary>Names the file; it and its folder are made at the first append.</summary>
    public CdrFile(string path) => _path = Path.GetFullPath(path);

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        using var file = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        long start = file.CanSeek ? file.Seek(0, SeekOrigin.End) : 0;
        try
        {
            if (start > 0 && !EndsWithLineFeed(file, start))
                file.WriteByte((byte)'\n');
            file.Write(lines);
            file.Flush(flushToDisk: false);
        }
        catch (IOException)
        {
            TryCutBack(file, start);
            throw;
        }
    }

    private static bool EndsWithLineFeed(FileStream file, long end)
    {
        file.Position = end - 1;
        return file.ReadByte() == '\n';
    }

    // The batch is written again later, so what got through of it must go, or it would stand twice.
    private static void TryCutBack(FileStream file, long length)
    {
        try
        {
            if (file.CanSeek)
                file.SetLength(length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The first error is the one that is reported.
        }
    }
}
