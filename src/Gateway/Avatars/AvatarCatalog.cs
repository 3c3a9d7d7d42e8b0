using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Options;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>
/// The avatars that a call can show: the gallery's characters. A character's source clip, its neutral loop, is drawn once and
/// kept as a file; stages are loaded from it. Any thread.
/// </summary>
internal sealed class AvatarCatalog
{
    /// <summary>Makes the catalog.</summary>
    /// <param name="open">Opens the source clip of an avatar that <see cref="Exists"/>.</param>
    /// <param name="stageBudgetBytes">Memory for pictures of stages not in use.</param>
    public AvatarCatalog(Func<string, CancellationToken, Task<ISourceFrames>> open, long stageBudgetBytes) =>
        Stages = new StageCache(open, FitterFor, stageBudgetBytes);

    /// <summary>The catalog that the settings describe.</summary>
    public static AvatarCatalog From(AvatarOptions options, ILoggerFactory loggers)
    {
        var clips = new GalleryClips(options.Folder, loggers.CreateLogger("Avatar2D.Avatars"));
        return new AvatarCatalog((name, cancellationToken) => OpenAsync(clips, name, cancellationToken), options.CacheMegabytes * 1_000_000L);
    }

    /// <summary>Names of all avatars.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Gallery.All.Select(character => character.Name)];

    /// <summary>The pictures, shared by all calls.</summary>
    public StageCache Stages { get; }

    /// <summary>True for an avatar that can be shown.</summary>
    public static bool Exists(string name) => Gallery.Find(name) is not null;

    private static FitPicture FitterFor(ISourceFrames source, StageKey stage) =>
        new I420Scaler(source.Width, source.Height, stage.Width, stage.Height, ScaleMode.Crop).Scale;

    private static async Task<ISourceFrames> OpenAsync(GalleryClips clips, string name, CancellationToken cancellationToken)
    {
        GalleryCharacter character = Gallery.Find(name) ?? throw new InvalidDataException($"There is no avatar '{name}'.");
        string path = await clips.EnsureAsync(character, cancellationToken);
        return new ClipFrames(path);
    }
}
