using System.Formats.Tar;
using System.Runtime.InteropServices;
using Avatar2D.Gateway.Options;
using Microsoft.Win32.SafeHandles;

namespace Avatar2D.Gateway.Subscribers.Storage;

/// <summary>
/// The files of the store: uploads under way, sources, avatar packages, models. A file comes to its place by rename, after its
/// bytes are on the disk: at any moment it is there whole or not at all. With an object store, which several nodes share, the folder
/// is this node's copy of it: what is published goes there too (a folder as one tar), what is missing here is brought.
/// </summary>
internal sealed partial class StoreFiles
{
    private const int CloseOnExec = 0x80000; // O_CLOEXEC; O_RDONLY is 0.
    private readonly string _folder;
    private readonly IObjectStore? _objects;

    /// <summary>Makes the folders.</summary>
    /// <param name="options">Where.</param>
    /// <param name="objects">What all nodes share; null when the folder is all.</param>
    public StoreFiles(StoreOptions options, IObjectStore? objects = null)
    {
        _objects = objects;
        _folder = Path.GetFullPath(options.Folder);
        foreach (string name in (string[])["uploads", "sources", "packages", "models", "work"])
            Directory.CreateDirectory(Path.Combine(_folder, name));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // Faces are nobody else's.
    }

    /// <summary>Bytes of an upload that have come so far.</summary>
    public string Upload(string uploadId) => Path.Combine(_folder, "uploads", uploadId);

    /// <summary>Where the file or folder of an id has its place on this node.</summary>
    public string PathOf(StoreKind kind, string id) => Path.Combine(FolderOf(kind), id);

    /// <summary>Folder of all avatar packages.</summary>
    public string Packages => FolderOf(StoreKind.Packages);

    /// <summary>Folder of all personalized models.</summary>
    public string Models => FolderOf(StoreKind.Models);

    /// <summary>Scratch folder of a job.</summary>
    /// <param name="jobId">Whose.</param>
    /// <param name="goesOn">What an earlier attempt left in it stays; else it is made empty.</param>
    public string Work(string jobId, bool goesOn = false)
    {
        string path = WorkPath(jobId);
        if (!goesOn)
            Erase(path);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>Where <see cref="Work"/> makes the folder.</summary>
    public string WorkPath(string jobId) => Path.Combine(_folder, "work", jobId);

    /// <summary>Names of what stands in the folder of scratch: ids of jobs, and parts of transfers.</summary>
    public IReadOnlyList<string> Works => Names(Path.Combine(_folder, "work"));

    /// <summary>Ids of uploads that have a file.</summary>
    public IReadOnlyList<string> Uploads => Names(Path.Combine(_folder, "uploads"));

    /// <summary>Ids that have a file or folder of this kind, here or in the object store.</summary>
    /// <exception cref="ObjectStoreException">The object store cannot be asked.</exception>
    public async Task<IReadOnlyList<string>> IdsAsync(StoreKind kind, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> here = Names(FolderOf(kind));
        if (_objects is null)
            return here;
        string prefix = KeyOf(kind, "");
        return [.. (await _objects.ListAsync(prefix, cancellationToken)).Select(key => key[prefix.Length..]).Union(here)];
    }

    /// <summary>Bytes that the disk has left.</summary>
    public long FreeBytes => new DriveInfo(_folder).AvailableFreeSpace;

    /// <summary>Moves a finished file or folder to its place, for good, and shares it. May be done again after a crash in between.</summary>
    /// <param name="from">Where it was made; null when it stands at its place already.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="id">Whose.</param>
    /// <param name="open">The file, where this process has it open and locked; else null.</param>
    /// <param name="cancellationToken">Gives up sharing.</param>
    /// <exception cref="ObjectStoreException">It is here, and the object store cannot take it.</exception>
    public async Task PublishAsync(string? from, StoreKind kind, string id, FileStream? open, CancellationToken cancellationToken)
    {
        string place = PathOf(kind, id);
        if (from is not null)
            Publish(from, place);
        if (_objects is null)
            return;
        if (open is not null)
        {
            await _objects.PutAsync(KeyOf(kind, id), open, cancellationToken);
            return;
        }

        if (File.Exists(place))
        {
            await using FileStream file = File.OpenRead(place);
            await _objects.PutAsync(KeyOf(kind, id), file, cancellationToken);
            return;
        }

        await using var tar = new FileStream(
            Path.Combine(_folder, "work", $"{Guid.NewGuid():N}.tar"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await TarFile.CreateFromDirectoryAsync(place, tar, includeBaseDirectory: false, cancellationToken);
        await _objects.PutAsync(KeyOf(kind, id), tar, cancellationToken);
    }

    /// <summary>Sees to it that a file or folder is on this node, if it is anywhere.</summary>
    /// <returns>Its path; nothing stands there when no node has published it.</returns>
    /// <exception cref="ObjectStoreException">It is not here, and the object store cannot be asked.</exception>
    public async Task<string> BringAsync(StoreKind kind, string id, CancellationToken cancellationToken)
    {
        string place = PathOf(kind, id);
        if (_objects is null || Path.Exists(place))
            return place;
        string part = Path.Combine(_folder, "work", $"{Guid.NewGuid():N}");
        string unpacked = part + ".d";
        try
        {
            if (!await _objects.TryGetAsync(KeyOf(kind, id), part, cancellationToken))
                return place;
            if (kind == StoreKind.Sources)
            {
                Publish(part, place);
                return place;
            }

            Directory.CreateDirectory(unpacked);
            await TarFile.ExtractToDirectoryAsync(part, unpacked, overwriteFiles: false, cancellationToken);
            Publish(unpacked, place);
            return place;
        }
        finally
        {
            Erase(part);
            Erase(unpacked);
        }
    }

    /// <summary>Erases a file or folder here and in the object store; other nodes' copies go with their next clean-up.</summary>
    /// <returns>How many files and objects went.</returns>
    /// <exception cref="ObjectStoreException">It is gone here, and the object store cannot be reached.</exception>
    public async Task<int> EraseAsync(StoreKind kind, string id, CancellationToken cancellationToken)
    {
        int gone = Erase(PathOf(kind, id));
        return _objects is not null && await _objects.EraseAsync(KeyOf(kind, id), cancellationToken) ? gone + 1 : gone;
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

    private static void Publish(string from, string to)
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

    private static string KeyOf(StoreKind kind, string id) => $"{NameOf(kind)}/{id}";

    private static string NameOf(StoreKind kind) => kind switch
    {
        StoreKind.Sources => "sources",
        StoreKind.Packages => "packages",
        StoreKind.Models => "models",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no kind of the store"),
    };

    private static IReadOnlyList<string> Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path))];

    private string FolderOf(StoreKind kind) => Path.Combine(_folder, NameOf(kind));

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
