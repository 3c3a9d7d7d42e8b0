namespace Avatar2D.Gateway.Commands;

/// <summary>Places for results, tried before the work begins: nobody shall wait for a call whose recording cannot be kept.</summary>
internal static class OutputPlace
{
    /// <summary>Makes a folder, if need be, and tries to write into it.</summary>
    /// <exception cref="UsageException">Nothing can be written there.</exception>
    public static void RequireFolder(string option, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            string probe = Path.Combine(path, $".avatar2d-{Environment.ProcessId}.tmp");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw NotWritable(option, path, exception);
        }
    }

    /// <summary>Makes a file's folder, if need be, and tries to open the file; an existing one keeps its content.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void RequireFile(string option, string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            bool isNew = !File.Exists(path);
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (isNew)
                File.Delete(path);
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw NotWritable(option, path, exception);
        }
    }

    private static bool IsRefusal(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentException;

    private static UsageException NotWritable(string option, string path, Exception exception) =>
        new($"{option} {path}: {exception.Message.ReplaceLineEndings(" ")}");
}
