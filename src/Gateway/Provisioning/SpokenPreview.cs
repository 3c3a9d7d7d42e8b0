using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Offline;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Storage;

namespace Avatar2D.Gateway.Provisioning;

/// <summary>
/// Films of avatars that say a sentence, as a call would show them: made when they are asked for, one at a time, and kept nowhere.
/// Any thread.
/// </summary>
internal sealed class SpokenPreview(GatewayOptions options, AvatarCatalog catalog, StoreFiles files, TimeProvider time) : IDisposable
{
    private const int FramesPerSecond = 25;
    private readonly SemaphoreSlim _one = new(1); // Calls go first.

    /// <summary>What is said: synthetic, of this project.</summary>
    internal const string Sentence = "assets/preview.wav";

    /// <summary>Makes the film of an avatar.</summary>
    /// <param name="avatar">As the catalog knows it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>MP4 with sound, gone when it is closed; null where no network moves a mouth.</returns>
    /// <exception cref="ProblemException">It cannot be made.</exception>
    public async Task<FileStream?> MakeAsync(string avatar, CancellationToken cancellationToken)
    {
        string sentence = InstallationFiles.Find(Sentence) ?? throw Problems.NotFound.With($"{Sentence}, which comes with the program, is not here.");
        await _one.WaitAsync(cancellationToken);
        try
        {
            var key = new StageKey(avatar, options.Video.Width, options.Video.Height);
            using StageLease lease = await catalog.Stages.AcquireAsync(key, cancellationToken);
            await catalog.Stages.WhenLoadedAsync(key).WaitAsync(cancellationToken);
            if (lease.Stage.Face is not { } face)
                return null;
            var order = new FilmOrder
            {
                Avatar = avatar, Driver = FilmDriver.Audio, Driving = sentence, Output = files.WorkPath($"preview-{Guid.NewGuid():N}.mp4"), Width = key.Width, Height = key.Height,
                FramesPerSecond = FramesPerSecond, Mark = options.Mark, Codec = VideoCodec.H264,
            };
            await Task.Run(() => FilmMaker.Make(order, lease.Stage, face, () => throw new NotSupportedException(), new FilmProgress(TextWriter.Null, time), cancellationToken), cancellationToken);
            return new FileStream(order.Output, FileMode.Open, FileAccess.Read, FileShare.None, 1 << 16, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        }
        catch (Exception failure) when (failure is CodecException or InferenceException or InvalidDataException)
        {
            throw Problems.NotFound.With($"The preview cannot be made: {failure.Message}");
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
