using System.Runtime.InteropServices;
using Avatar2D.Gateway.Options;
using Microsoft.Win32.SafeHandles;

namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>
/// The files of the store: uploads under way, sources, avatar packages, models. A file comes to its place by rename, after its
/// bytes are on the disk: at any moment it is there whole or not at all.
/// </summary>
internal sealed partial class StoreFiles
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC; O_RDONLY is 0.
    private readonly string _folder;

    /// <summary>Makes the folders.</summary>
    public StoreFiles(StoreOptions options)
    {
        _folder = Path.GetFullPath(options.Folder);
        foreach (string name in (string[])["uploads", "sources", "packages", "models", "work"])
            Directory.CreateDirectory(Path.Combine(_folder, name));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // Faces are nobody else's.
    }

    /// <summary>Bytes of an upload that have come so far.</summary>
    public string Upload(string uploadId) => Path.Combine(_folder, "uploads", uploadId);

    /// <summary>The photo or video behind an avatar.</summary>
    public string Source(string avatarId) => Path.Combine(_folder, "sources", avatarId);

    /// <summary>Folder of an avatar's package.</summary>
    public string Package(string avatarId) => Path.Combine(_folder, "packages", avatarId);

    /// <summary>Folder of all avatar packages.</summary>
    public string Packages => Path.Combine(_folder, "packages");

    /// <summary>Folder of a personalized model.</summary>
    public string Model(string modelId) => Path.Combine(_folder, "models", modelId);

    /// <summary>Scratch folder of a job; made empty.</summary>
    public string Work(string jobId)
    {
        string path = WorkPath(jobId);
        Erase(path);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Where <see cref="Work"/> makes the folder.</summary>
    public string WorkPath(string jobId) => Path.Combine(_folder, "work", jobId);

    /// <summary>Names in one of the folders, for the clean-up.</summary>
    public IEnumerable<string> Names(string kind) =>
        Directory.EnumerateFileSystemEntries(Path.Combine(_folder, kind)).Select(path => Path.GetFileName(path));

    /// <summary>The path of an entry of <see cref="Names"/>.</summary>
    public string PathOf(string kind, string name) => Path.Combine(_folder, kind, name);

    /// <summary>Bytes that the disk has left.</summary>
    public long FreeBytes => new DriveInfo(_folder).AvailableFreeSpace;

    /// <summary>Moves a finished file or folder to its place, for good.</summary>
    public static void Publish(string from, string to)
    {
        if (Directory.Exists(from))
        {
            foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
                Sync(file);
            Sync(from);
            Erase(to);
            Directory.Move(from, to);
        }
        else
        {
            Sync(from);
            File.Move(from, to, overwrite: true);
        }

        Sync(Path.GetDirectoryName(to)!); // Not null: a file of the store lies in a folder.
    }

    /// <summary>Removes a file or a folder with all that is in it.</summary>
    /// <returns>How many files went.</returns>
    public static int Erase(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
            return 1;
        }

        if (!Directory.Exists(path))
            return 0;
        int files = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Count();
        Directory.Delete(path, recursive: true);
        return files;
    }

    /// <summary>True for the exception of a disk without room (ENOSPC, EDQUOT; SQLITE_FULL).</summary>
    public static bool IsDiskFull(Exception exception) => exception switch
    {
        IOException io => io.HResult is 28 or 122,
        Microsoft.Data.Sqlite.SqliteException sqlite => sqlite.SqliteErrorCode == 13,
        Npgsql.PostgresException postgres => postgres.SqlState == Npgsql.PostgresErrorCodes.DiskFull,
        _ => false,
    };

    // A rename is on the disk only when its folder is (fsync(2)); .NET opens no folders.
    private static void Sync(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var handle = new SafeFileHandle(Open(path, CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid || Fsync(handle) != 0)
            throw new IOException($"{path} could not be brought to the disk.", Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle handle);
}
