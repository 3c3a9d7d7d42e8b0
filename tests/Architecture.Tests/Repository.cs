namespace Avatar2D.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "out", ".git", ".work", "TestResults", "BenchmarkDotNet.Artifacts",
        "__pycache__", ".pytest_cache", ".vs", ".idea", ".vscode", ".venv", "venv"];

    /// <summary>Folder that holds Avatar2D.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Path with forward slashes, from the root.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>All files of the checkout apart from build output, as full paths, sorted.</summary>
    /// <param name="folder">From the root; empty for all.</param>
    /// <param name="extensions">With dot, such as .cs; none means every file.</param>
    public static IReadOnlyList<string> Files(string folder = "", params string[] extensions)
    {
        var found = new List<string>();
        string start = Path.Combine(Root, folder);
        if (Directory.Exists(start))
            Collect(start, extensions, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>Text files of the checkout; binary ones (a zero byte in the first 8 KiB) are left out.</summary>
    public static IEnumerable<(string Path, string Text)> Texts(string folder = "", params string[] extensions)
    {
        foreach (string file in Files(folder, extensions))
        {
            byte[] bytes = File.ReadAllBytes(file);
            if (!bytes.AsSpan(0, Math.Min(bytes.Length, 8192)).Contains((byte)0))
                yield return (Relative(file), System.Text.Encoding.UTF8.GetString(bytes));
        }
    }

    /// <summary>Fails with one line per finding.</summary>
    public static void AssertNone(IEnumerable<string> findings, string rule)
    {
        string[] all = [.. findings];
        Assert.True(all.Length == 0, $"{rule}\n{string.Join('\n', all)}");
    }

    private static void Collect(string folder, string[] extensions, List<string> found)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            if (Path.GetFileName(file) == ".git")
                continue; // a work tree's pointer
            if (extensions.Length == 0 || extensions.Contains(Path.GetExtension(file)))
                found.Add(file);
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (!NotOurs.Contains(Path.GetFileName(child)))
                Collect(child, extensions, found);
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Avatar2D.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Avatar2D.sln is in no folder above the tests.");
    }
}
