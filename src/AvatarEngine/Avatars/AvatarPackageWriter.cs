using System.Text.Json;

namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>
/// Writes a package beside its place and moves it there whole: whatever ends the program, the avatar is there entirely, as it
/// was before, or not at all. Disposed before <see cref="Complete"/> it leaves nothing.
/// </summary>
public sealed class AvatarPackageWriter : IDisposable
{
    private readonly string _name;
    private readonly string _part;
    private readonly string _place;
    private bool _completed;

    internal AvatarPackageWriter(string name, string part, string place)
    {
        (_name, _part, _place) = (name, part, place);
        Directory.CreateDirectory(part);
    }

    /// <summary>Where the clip is to be written before <see cref="Complete"/>.</summary>
    public string SourcePath => Path.Combine(_part, AvatarPackage.SourceFile);

    /// <summary>Adds the manifest and moves the package to its place; one of that name is replaced.</summary>
    /// <param name="manifest">Its name and hash are filled in.</param>
    /// <exception cref="AvatarException">The manifest contradicts itself, or the clip is not there.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public AvatarPackage Complete(AvatarManifest manifest)
    {
        manifest = manifest with { Name = _name, SourceSha256 = AvatarPackage.Hash(SourcePath) };
        if (AvatarPackage.Contradiction(manifest, _name) is { } contradiction)
            throw new AvatarException(AvatarFault.Corrupt, $"The package of '{_name}' cannot be: {contradiction}.");
        File.WriteAllBytes(
            Path.Combine(_part, AvatarPackage.ManifestFile), JsonSerializer.SerializeToUtf8Bytes(manifest, AvatarJson.Default.AvatarManifest));

        // A folder cannot be moved onto another: the old one steps aside first and goes when the new one is there.
        string aside = _part + ".old";
        bool replaces = Directory.Exists(_place);
        if (replaces)
            Directory.Move(_place, aside);
        try
        {
            Directory.Move(_part, _place);
        }
        catch
        {
            if (replaces)
                Directory.Move(aside, _place);
            throw;
        }

        _completed = true;
        if (replaces)
            Directory.Delete(aside, recursive: true);
        return AvatarPackage.Open(_place);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_completed && Directory.Exists(_part))
            Directory.Delete(_part, recursive: true);
    }
}
