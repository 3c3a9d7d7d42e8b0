using System.Text;
using Avatar2D.Gateway.Commands;

namespace Avatar2D.Gateway.Datasets;

/// <summary>Finds the videos that a command line names.</summary>
internal static class FilmFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".ts", ".3gp", ".flv", ".ogv", ".wmv",
    };

    /// <summary>Finds them.</summary>
    /// <param name="paths">Files, and folders that are searched through and through.</param>
    /// <param name="person">Who is seen; the first part of all names.</param>
    /// <returns>Files in order, each with the name of its clips.</returns>
    /// <exception cref="UsageException">A path is not there, a folder has no video, or two films would have one name.</exception>
    public static IReadOnlyList<(string File, string Name)> Find(IReadOnlyList<string> paths, string person)
    {
        var films = new List<(string File, string Name)>();
        foreach (string path in paths)
        {
            if (File.Exists(path))
            {
                films.Add((path, Name(person, Path.GetFileName(path))));
                continue;
            }

            if (!Directory.Exists(path))
                throw new UsageException($"there is no file or folder {path}");
            string[] found =
            [
                .. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Where(file => Extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal),
            ];
            if (found.Length == 0)
                throw new UsageException($"the folder {path} has no video ({string.Join(' ', Extensions)})");
            films.AddRange(found.Select(file => (file, Name(person, Path.GetRelativePath(path, file)))));
        }

        IGrouping<string, (string File, string Name)>? twice = films.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1);
        return twice is null ? films : throw new UsageException(
            $"{string.Join(" and ", twice.Select(f => f.File))} would have one name, {twice.Key}: rename one, or prepare them with different --person");
    }

    /// <summary>Parts joined by /, each of letters, digits, '_', '.' and '-'.</summary>
    private static string Name(string person, string file)
    {
        var name = new StringBuilder($"{person}/");
        foreach (char c in Path.ChangeExtension(file, null))
            name.Append(c is '/' or '\\' ? '/' : char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_');
        return name.Replace("__", "_").ToString(); // Two would read as a part's end.
    }
}
