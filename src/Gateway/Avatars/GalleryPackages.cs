using System.Collections.Concurrent;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Gateway.Hosting;

namespace Avatar2D.Gateway.Avatars;

/// <summary>
/// The packages of the gallery's characters, drawn when they are first wanted; a package of an older drawing, or a damaged one,
/// is drawn again. Any thread.
/// </summary>
internal sealed class GalleryPackages(AvatarFolder folder, TimeProvider time, ILogger logger)
{
    /// <summary>Finer than a finished film: the loop is encoded once more in every call.</summary>
    private const int Crf = 14;

    private readonly ConcurrentDictionary<string, Lazy<Task<AvatarPackage>>> _making = new();

    /// <summary>The package of a character; drawn now if it was not before.</summary>
    public async Task<AvatarPackage> EnsureAsync(GalleryCharacter character, CancellationToken cancellationToken)
    {
        if (Find(character) is { } package)
            return package;
        Lazy<Task<AvatarPackage>> making = _making.GetOrAdd(
            character.Name, _ => new Lazy<Task<AvatarPackage>>(() => Task.Run(() => Draw(character), CancellationToken.None)));
        try
        {
            return await making.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            if (making.Value.IsCompleted)
                _making.TryRemove(character.Name, out _); // A failure is tried again by the next call.
        }
    }

    private AvatarPackage? Find(GalleryCharacter character)
    {
        if (!folder.Contains(character.Name))
            return null;
        try
        {
            return folder.ReadManifest(character.Name).Drawing == DrawnClip.DrawingVersion ? folder.Open(character.Name) : null;
        }
        catch (AvatarException damaged)
        {
            HostLog.DrawingAgain(logger, character.Name, damaged.Message);
            return null;
        }
    }

    private AvatarPackage Draw(GalleryCharacter character)
    {
        HostLog.DrawingAvatar(logger, character.Name);
        using AvatarPackageWriter package = folder.Begin(character.Name);
        AvatarManifest manifest;
        using (var clip = new PackageClip(package, Crf))
        {
            manifest = DrawnClip.Draw(character, PackageClip.SidePx, clip.Write, time.GetUtcNow(), CancellationToken.None);
            clip.Complete();
        }

        return package.Complete(manifest);
    }
}
