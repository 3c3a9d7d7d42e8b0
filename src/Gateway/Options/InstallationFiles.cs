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

    internal static string? Find(string path, string workingDirectory, string programDirectory)
    {
        if (path.Length == 0)
            return null;
        string here = Path.Combine(workingDirectory, path);
        if (File.Exists(here))
            return here;
        for (DirectoryInfo? folder = new(programDirectory); folder is not null; folder = folder.Parent)
        {
            string there = Path.Combine(folder.FullName, path);
            if (File.Exists(there))
                return there;
        }

        return null;
    }
}
