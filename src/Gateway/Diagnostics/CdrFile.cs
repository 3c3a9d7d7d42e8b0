using System.Text.Json;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>
/// Appends whole lines to a file that is opened anew for each batch, so that logrotate may move it at any time. A line that a
/// crash or a full disk cut short is closed by a line feed before the next one, so that it spoils no other.
/// </summary>
internal sealed class CdrFile : ICdrSink
{
    // A file is not written anew for every record: once a day will do.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

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

    /// <inheritdoc/>
    /// <remarks>The rest is written beside it and moved into its place: a crash leaves the old file or the new one.</remarks>
    public int Expire(DateTimeOffset before)
    {
        if (!File.Exists(_path) || !(OldestEnd() < before - Patience))
            return 0;
        string rest = _path + ".part";
        int gone = 0;
        using (var reader = new StreamReader(_path))
        using (var writer = new StreamWriter(rest))
        {
            bool keeps = false;
            while (reader.ReadLine() is { } line)
            {
                keeps = keeps || !(EndOf(line) is not { } end || end < before); // In the order of their ends; what cannot be read goes with its neighbours.
                if (keeps)
                    writer.Write(line + '\n');
                else
                    gone++;
            }
        }

        File.Move(rest, _path, overwrite: true);
        return gone;
    }

    private DateTimeOffset? OldestEnd()
    {
        using var reader = new StreamReader(_path);
        while (reader.ReadLine() is { } line)
        {
            if (EndOf(line) is { } end)
                return end;
        }

        return null;
    }

    private static DateTimeOffset? EndOf(string line)
    {
        try
        {
            using JsonDocument record = JsonDocument.Parse(line);
            return record.RootElement.ValueKind == JsonValueKind.Object && record.RootElement.TryGetProperty("endTime", out JsonElement end) && end.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;
        }
        catch (JsonException)
        {
            return null; // Cut short by a crash.
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
