using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Codecs;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>Makes packages of photos and videos. Any thread; each call works alone.</summary>
/// <param name="folder">Where the packages go.</param>
/// <param name="faces">Makes a reader of faces for one source.</param>
/// <param name="speaker">The model that will speak for the avatars, which is tried on each; null where there is none.</param>
/// <param name="time">Stands in the manifests.</param>
internal sealed class AvatarRegistrar(AvatarFolder folder, Func<IFaceReader> faces, Func<FaceNetworks?> speaker, TimeProvider time)
{
    /// <summary>A package shall not be much larger.</summary>
    private const long WantedBytes = 2_500_000;

    // Qualities of x264 to try, finest first.
    private static readonly int[] Qualities = [16, 19, 22, 25, 28];

    /// <summary>Registers an avatar; one of that name is replaced.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">How to read the file.</param>
    /// <param name="path">The photo or video.</param>
    /// <param name="progress">Part that is done, 0..1.</param>
    /// <param name="cancellationToken">Leaves everything as it was.</param>
    /// <returns>The package, or null when the source was refused, and what is less than good.</returns>
    /// <exception cref="InvalidDataException">The file cannot be read.</exception>
    /// <exception cref="AvatarException">The name is none.</exception>
    /// <exception cref="IOException">The package cannot be written.</exception>
    public (AvatarPackage? Package, IReadOnlyList<SourceFinding> Findings) Register(
        string name, AvatarKind kind, string path, Action<double> progress, CancellationToken cancellationToken)
    {
        var options = new RegistrationOptions { SidePx = PackageClip.SidePx };
        RegistrationResult result = Look(kind, path, options, done => progress(0.85 * done), cancellationToken);
        if (result.Clip is not { } clip)
            return (null, result.Findings);
        MouthGain? gain = Fit(clip, cancellationToken);
        progress(0.9);
        using AvatarPackageWriter package = folder.Begin(name);
        Encode(clip, package, cancellationToken);
        progress(1);
        return (package.Complete(clip.ToManifest(result.Findings, time.GetUtcNow()) with { MouthGain = gain }), result.Findings);
    }

    private MouthGain? Fit(SourceClip clip, CancellationToken cancellationToken)
    {
        if (clip.Mouths.Count == 0 || speaker() is not { } networks) // A photo tells nothing of the mouth's range.
            return null;
        try
        {
            using IFaceReader reader = faces();
            return MouthFitting.Fit(clip, networks, reader, cancellationToken);
        }
        catch (InferenceException)
        {
            return null; // Calls meet the same failure and tell it; the avatar is none the worse.
        }
    }

    private RegistrationResult Look(
        AvatarKind kind, string path, RegistrationOptions options, Action<double> progress, CancellationToken cancellationToken)
    {
        if (kind == AvatarKind.Photo)
        {
            I420Frame photo = PhotoFile.Load(path);
            using IFaceReader reader = faces();
            return new PhotoRegistration(options).Run(photo.View, reader, progress, cancellationToken);
        }

        using var film = new FilePictures(path);
        using IFaceReader tracker = faces();
        return new VideoRegistration(options).Run(film, tracker, progress, cancellationToken);
    }

    /// <summary>As fine as the size allows.</summary>
    private static void Encode(SourceClip clip, AvatarPackageWriter package, CancellationToken cancellationToken)
    {
        try
        {
            foreach (int crf in Qualities)
            {
                using (var encoder = new PackageClip(package, crf))
                {
                    foreach (I420Frame picture in clip.Pictures)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        encoder.Write(picture.View);
                    }

                    encoder.Complete();
                }

                if (new FileInfo(package.SourcePath).Length <= WantedBytes)
                    return;
            }
        }
        catch (CodecException unwritable)
        {
            throw new IOException(unwritable.Message, unwritable);
        }
    }
}
