using System.Text.RegularExpressions;

namespace Avatar2D.Architecture.Tests;

/// <summary>
/// Which parts (first namespace segment) of a project may use which others. A part may use itself and what its row names, and
/// nothing else; types in the project's root namespace are free to all.
/// </summary>
internal sealed partial class ImportDirection
{
    private readonly string _project;
    private readonly Dictionary<string, string[]> _mayUse;

    /// <summary>Draws the parts of a project.</summary>
    /// <param name="project">Folder under src.</param>
    /// <param name="mayUse">Every part of the project and what it may use directly or through others.</param>
    public ImportDirection(string project, Dictionary<string, string[]> mayUse)
    {
        _project = project;
        _mayUse = mayUse;
    }

    /// <summary>One line per import that goes the wrong way, and per part that is not drawn.</summary>
    public IEnumerable<string> Violations(IEnumerable<(string Path, string Text)> files)
    {
        foreach ((string path, string text) in files)
        {
            string code = WithoutComments(text);
            if (NamespaceLine().Match(code) is not { Success: true } line)
                continue;
            string[] names = line.Groups[1].Value.Split('.');
            if (names is not ["Avatar2D", var project, ..] || project != _project)
            {
                yield return $"{path}: namespace {line.Groups[1].Value} is not one of Avatar2D.{_project}";
                continue;
            }

            if (names.Length < 3)
                continue;
            string part = names[2];
            if (!_mayUse.ContainsKey(part))
            {
                yield return $"{path}: {part} is no part of Avatar2D.{_project} in the architecture; draw it there and in {nameof(ImportDirectionTests)}";
                continue;
            }

            HashSet<string> reachable = Reachable(part);
            foreach (string used in Uses(code).Distinct().Where(u => _mayUse.ContainsKey(u) && !reachable.Contains(u)))
                yield return $"{path}: {part} uses {used}, but may use only {(reachable.Count == 1 ? "itself" : string.Join(", ", reachable.Where(r => r != part).Order()))}";
        }
    }

    private IEnumerable<string> Uses(string code) =>
        QualifiedName().Matches(code).Where(m => m.Groups[1].Value == _project).Select(m => m.Groups[2].Value);

    private HashSet<string> Reachable(string part)
    {
        var reached = new HashSet<string> { part };
        var open = new Queue<string>(_mayUse[part]);
        while (open.TryDequeue(out string? next))
        {
            if (reached.Add(next))
            {
                foreach (string further in _mayUse[next])
                    open.Enqueue(further);
            }
        }

        return reached;
    }

    // Comments may name what code may not use (see cref).
    private static string WithoutComments(string text) => Comment().Replace(text, "");

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bAvatar2D\.(\w+)\.(\w+)(?=[.;\s])")]
    private static partial Regex QualifiedName();
}
