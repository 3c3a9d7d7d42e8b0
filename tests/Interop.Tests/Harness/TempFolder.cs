namespace Avatar2D.Interop.Tests.Harness;

/// <summary>A folder of its own for one test; it is gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("avatar2d-interop-").FullName;

    /// <summary>Path of a file in the folder.</summary>
    public string File(string name) => Path.Combine(Root, name);

    /// <summary>Writes a text file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        string path = File(name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (IOException)
        {
            // A peer that is being killed may still write; what stays lies in the temporary folder.
        }
    }
}
