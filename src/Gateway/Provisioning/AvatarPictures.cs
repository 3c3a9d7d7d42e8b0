using System.Collections.Concurrent;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Images;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Provisioning.Routes;
using Avatar2D.Gateway.Subscribers;
using Characters = Avatar2D.AvatarEngine.Gallery.Gallery;

namespace Avatar2D.Gateway.Provisioning;

/// <summary>Stills and films of avatars, for people who look at them before a call does. Any thread.</summary>
internal sealed class AvatarPictures(GatewayOptions options, AvatarService avatars, SpokenPreview preview, TimeProvider time, ILoggerFactory loggers)
{
    private readonly GalleryPackages _gallery = new(new AvatarFolder(options.Avatar.Folder), time, loggers.CreateLogger("Avatar2D.Avatars"));
    private readonly ConcurrentDictionary<string, Lazy<byte[]>> _stills = new();

    /// <summary>The characters of the gallery.</summary>
    public IEnumerable<GalleryView> Gallery { get; } = [.. Characters.All.Select(character => new GalleryView(character.Name))];

    /// <summary>A still of a character, PNG.</summary>
    /// <exception cref="ProblemException">There is none of this name.</exception>
    public byte[] GalleryStill(string name) => _stills.GetOrAdd(Find(name).Name, key => new Lazy<byte[]>(() => ContactSheet.Still(Find(key)))).Value;

    /// <summary>A film of a character, MP4; drawn when it is first wanted.</summary>
    /// <exception cref="ProblemException">There is none of this name.</exception>
    public async Task<string> GalleryFilmAsync(string name, CancellationToken cancellationToken) =>
        Path.GetFullPath((await _gallery.EnsureAsync(Find(name), cancellationToken)).SourcePath);

    /// <summary>A still of an avatar, PNG.</summary>
    /// <exception cref="ProblemException">It is not ready.</exception>
    public async Task<byte[]> StillAsync(SubscriberAvatar avatar, CancellationToken cancellationToken) =>
        avatar.Gallery is { } character ? GalleryStill(character) : await FirstPictureAsync(avatar, cancellationToken);

    /// <summary>A film of a character that speaks; where no network moves its mouth, its silent loop.</summary>
    /// <exception cref="ProblemException">There is none of this name.</exception>
    public async Task<Stream> GallerySpeaksAsync(string name, CancellationToken cancellationToken) =>
        await preview.MakeAsync(Find(name).Name, cancellationToken) ?? (Stream)File.OpenRead(await GalleryFilmAsync(name, cancellationToken));

    /// <summary>A film of an avatar that speaks; where no network moves its mouth, its silent loop.</summary>
    /// <exception cref="ProblemException">It is not ready.</exception>
    public async Task<Stream> SpeaksAsync(SubscriberAvatar avatar, CancellationToken cancellationToken)
    {
        string film = await FilmAsync(avatar, cancellationToken); // From another node, if need be.
        return await preview.MakeAsync(avatar.Gallery ?? avatar.Id, cancellationToken) ?? (Stream)File.OpenRead(film);
    }

    /// <summary>A film of an avatar as its package holds it, MP4.</summary>
    /// <returns>Full path of the file.</returns>
    /// <exception cref="ProblemException">It is not ready.</exception>
    public Task<string> FilmAsync(SubscriberAvatar avatar, CancellationToken cancellationToken) =>
        avatar.Gallery is { } character ? GalleryFilmAsync(character, cancellationToken) : InPackageAsync(avatar, AvatarPackage.SourceFile, cancellationToken);

    // Our own encoder made this clip, so it is decoded here and not in a worker.
    private async Task<byte[]> FirstPictureAsync(SubscriberAvatar avatar, CancellationToken cancellationToken)
    {
        string path = await InPackageAsync(avatar, AvatarPackage.SourceFile, cancellationToken);
        return await Task.Run(() => FirstPicture(avatar, path), cancellationToken);
    }

    private static byte[] FirstPicture(SubscriberAvatar avatar, string path)
    {
        try
        {
            using var clip = new MediaFileReader(path);
            return clip.TryReadPicture(out MediaPicture picture) ? ImageFile.ToPng(picture.Picture) : throw Problems.NotFound.With($"The package of {avatar.Id} has no picture.");
        }
        catch (CodecException damaged)
        {
            throw Problems.NotFound.With($"The package of {avatar.Id} cannot be read: {damaged.Message}");
        }
    }

    private static GalleryCharacter Find(string name) => Characters.Find(name) ?? throw Problems.NotFound.With($"The gallery has no character \"{name}\".");

    private async Task<string> InPackageAsync(SubscriberAvatar avatar, string file, CancellationToken cancellationToken)
    {
        if (avatar.State != AvatarState.Ready)
            throw Problems.AvatarNotReady.With($"Avatar {avatar.Id} is {avatar.State.ToString().ToLowerInvariant()}.");
        string path = Path.Combine(await avatars.PackageOfAsync(avatar, cancellationToken), file);
        return File.Exists(path) ? path : throw Problems.NotFound.With($"The package of {avatar.Id} has no {file}.");
    }
}
