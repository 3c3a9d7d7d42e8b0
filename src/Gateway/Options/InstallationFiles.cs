namespace Avatar2D.Gateway.Options;

/// <summary>
/// Finds files that come with the product (config, assets, models): in the working directory first, then in the
/// directories above the program, which is the checkout when run from a build and the installation when published.
/// </summary>
public static class InstallationFiles
{
    /// <summary>Finds a file.</summary>
    /// <param name="path">Absolute, or relative as in settings.</param>
    /// <returns>A path that exists, or null.</returns>
    public static string? Find(string path) => Find(path, Environment.CurrentDirectory, AppContext.BaseDirectory);

    /// <summary>Finds a folder, as <see cref="Find(string)"/> finds a file.</summary>
    public static string? FindFolder(string path) => Find(path, Environment.CurrentDirectory, AppContext.BaseDirectory, Directory.Exists);

    internal static string? Find(string path, string workingDirectory, string programDirectory) =>
        Find(path, workingDirectory, programDirectory, File.Exists);

    private static string? Find(string path, string workingDirectory, string programDirectory, Predicate<string> exists)
    {
        if (path.Length == 0)
            return null;
        string here = Path.Combine(workingDirectory, path);
        if (exists(here))
            return here;
        for (DirectoryInfo? folder = new(programDirectory); folder is not null; folder = folder.Parent)
        {
            string there = Path.Combine(folder.FullName, path);
            if (exists(there))
                return there;
        }

        return null;
    }
}
