namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>A folder of avatar packages, one folder each. Any thread; writers of different avatars do not meet.</summary>
/// <param name="path">The folder; it need not be there yet.</param>
public sealed class AvatarFolder(string path)
{
    /// <summary>Folders of packages that are being written; no avatar's name begins with a dot.</summary>
    private const string PartPrefix = ".part-";

    /// <summary>Names of the packages, damaged ones too, in alphabetical order; none when the folder is not there.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Names =>
        !Directory.Exists(path)
            ? []
            : [.. Directory.EnumerateDirectories(path)
                .Where(folder => File.Exists(Path.Combine(folder, AvatarPackage.ManifestFile)))
                .Select(folder => Path.GetFileName(folder))
                .Where(AvatarName.IsValid)
                .Order(StringComparer.Ordinal)];

    /// <summary>True when there is a package of that name, be it damaged.</summary>
    public bool Contains(string name) => AvatarName.IsValid(name) && File.Exists(Path.Combine(Place(name), AvatarPackage.ManifestFile));

    /// <summary>Reads and proves a package.</summary>
    /// <exception cref="AvatarException">It cannot be used, or the name is none.</exception>
    public AvatarPackage Open(string name) => AvatarPackage.Open(Place(name));

    /// <summary>Reads a package's manifest without looking at its clip.</summary>
    /// <exception cref="AvatarException">It cannot be used, or the name is none.</exception>
    public AvatarManifest ReadManifest(string name) => AvatarPackage.ReadManifest(Place(name));

    /// <summary>Starts a package.</summary>
    /// <param name="name">Its name; a package of that name stays until the new one is complete.</param>
    /// <exception cref="AvatarException">The name is none.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public AvatarPackageWriter Begin(string name)
    {
        string place = Place(name);
        string part = Path.Combine(path, $"{PartPrefix}{name}-{Environment.ProcessId}-{Guid.NewGuid():N}");
        return new AvatarPackageWriter(name, part, place);
    }

    /// <summary>Removes a package.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public bool Delete(string name)
    {
        if (!Contains(name))
            return false;

        // The manifest goes first: what an interruption leaves is no avatar any more.
        File.Delete(Path.Combine(Place(name), AvatarPackage.ManifestFile));
        Directory.Delete(Place(name), recursive: true);
        return true;
    }

    private string Place(string name) => AvatarName.IsValid(name)
        ? Path.Combine(path, name)
        : throw new AvatarException(AvatarFault.Missing, $"'{name}' is no name of an avatar: letters, digits, '_', '.', '-', at most 63.");
}
