using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Options;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>
/// The avatars that a call can show: the gallery's characters, which are drawn when they are first wanted, and the packages in
/// the folders of avatars. A package that is registered while the gateway runs is there from the next call on. Any thread.
/// </summary>
internal sealed class AvatarCatalog : IDisposable
{
    private readonly IReadOnlyList<AvatarFolder> _packages;
    private readonly FaceEngine? _engine;

    /// <summary>Makes the catalog.</summary>
    /// <param name="open">Opens the source clip of an avatar that <see cref="Exists"/>.</param>
    /// <param name="stageBudgetBytes">Memory for pictures of stages not in use.</param>
    /// <param name="engine">Makes faces speak, disposed with the catalog; null: every clip is shown as it is.</param>
    /// <param name="packages">Folders of packages besides the gallery.</param>
    public AvatarCatalog(
        Func<string, CancellationToken, Task<ISourceFrames>> open, long stageBudgetBytes, FaceEngine? engine = null,
        params IReadOnlyList<AvatarFolder> packages)
    {
        _engine = engine;
        _packages = packages;
        Stages = new StageCache(open, FitterFor, source => engine?.NetworksFor((source as PackageFrames)?.Model), stageBudgetBytes);
    }

    /// <summary>The catalog that the settings describe.</summary>
    /// <param name="options">Where packages are kept.</param>
    /// <param name="models">The models that make them speak.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="subscribers">Packages of subscribers; null for none.</param>
    /// <param name="personalModels">Folder of models of subscribers; null for none.</param>
    /// <param name="modelOf">Model of an avatar that has another one than its package says; null for none.</param>
    public static AvatarCatalog From(
        AvatarOptions options, EngineOptions models, ILoggerFactory loggers, AvatarFolder? subscribers = null, string? personalModels = null, Func<string, string?>? modelOf = null)
    {
        ILogger logger = loggers.CreateLogger("Avatar2D.Avatars");
        var own = new AvatarFolder(options.Folder);
        IReadOnlyList<AvatarFolder> packages = subscribers is null ? [own] : [own, subscribers];
        var gallery = new GalleryPackages(own, TimeProvider.System, logger);
        return new AvatarCatalog(
            (name, cancellationToken) => OpenAsync(packages, gallery, name, modelOf?.Invoke(name), cancellationToken),
            options.CacheMegabytes * 1_000_000L,
            new FaceEngine(models, logger, personalModels),
            packages);
    }

    /// <summary>Names of the gallery's characters, which are always there.</summary>
    public static IReadOnlyList<string> GalleryNames { get; } = [.. Gallery.All.Select(character => character.Name)];

    /// <summary>The pictures, shared by all calls.</summary>
    public StageCache Stages { get; }

    /// <summary>Names of all avatars that the settings give.</summary>
    public static IReadOnlyList<string> NamesIn(AvatarOptions options) => Names(new AvatarFolder(options.Folder));

    /// <summary>Names of the gallery, then those of a folder.</summary>
    public static IReadOnlyList<string> Names(AvatarFolder packages) =>
        [.. GalleryNames, .. packages.Names.Where(name => Gallery.Find(name) is null)];

    /// <summary>Nothing of an avatar, and of its model, is used by calls to come; those that run go on with what they have.</summary>
    public void Forget(string avatar, string? model = null)
    {
        Stages.Forget(avatar);
        if (model is not null)
            _engine?.Forget(model);
    }

    /// <summary>True for an avatar that can be shown.</summary>
    public bool Exists(string name) => Gallery.Find(name) is not null || _packages.Any(folder => folder.Contains(name));

    /// <summary>Disposes the models; only when no call and no stage uses them any more.</summary>
    public void Dispose() => _engine?.Dispose();

    private static PictureFit FitterFor(ISourceFrames source, StageKey stage)
    {
        if (source.Width == stage.Width && source.Height == stage.Height)
            return new PictureFit((from, to) => from.CopyTo(to), 1, 0, 0);
        var scaler = new I420Scaler(source.Width, source.Height, stage.Width, stage.Height, ScaleMode.Crop);
        double factor = (double)stage.Width / scaler.SourceArea.Width;
        return new PictureFit(scaler.Scale, factor, -scaler.SourceArea.X * factor, -scaler.SourceArea.Y * factor);
    }

    private static async Task<ISourceFrames> OpenAsync(
        IReadOnlyList<AvatarFolder> packages, GalleryPackages gallery, string name, string? model, CancellationToken cancellationToken)
    {
        try
        {
            return new PackageFrames(
                Gallery.Find(name) is { } character ? await gallery.EnsureAsync(character, cancellationToken)
                : (packages.FirstOrDefault(folder => folder.Contains(name)) ?? packages[0]).Open(name),
                model);
        }
        catch (AvatarException damaged)
        {
            throw new InvalidDataException($"Avatar '{name}' cannot be shown: {damaged.Message}", damaged);
        }
    }
}
