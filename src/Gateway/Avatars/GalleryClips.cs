using System.Collections.Concurrent;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Hosting;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Avatars;

/// <summary>
/// The source clips of the gallery: each character's neutral loop as an MP4 file in a folder of its own, drawn when it is first
/// wanted. The version of the drawing is part of the name, so that a new drawing makes a new file. Any thread.
/// </summary>
internal sealed class GalleryClips(string folder, ILogger logger)
{
    /// <summary>Raise it with every change of the drawing.</summary>
    private const int DrawingVersion = 1;

    private const int Side = 512;

    /// <summary>Finer than a finished film: the loop is encoded once more in every call.</summary>
    private static readonly VideoFileSettings Settings = new()
    {
        Width = Side, Height = Side, FramesPerSecond = GalleryRenderer.FrameRate, Crf = 14, Preset = "faster",
    };

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _making = new();

    /// <summary>The clip of a character; drawn now if it was not before.</summary>
    /// <returns>The path of the file.</returns>
    public async Task<string> EnsureAsync(GalleryCharacter character, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, $"{character.Name}-v{DrawingVersion}.mp4");
        if (File.Exists(path))
            return path;
        Lazy<Task<string>> making = _making.GetOrAdd(
            character.Name, _ => new Lazy<Task<string>>(() => Task.Run(() => Draw(character, path), CancellationToken.None)));
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

    private string Draw(GalleryCharacter character, string path)
    {
        Directory.CreateDirectory(folder);
        FaceTimeline loop = FaceTimeline.NeutralLoop(character);
        HostLog.DrawingClip(logger, character.Name, loop.FrameCount);

        // Drawn beside its place and moved there whole: a process that dies in the middle leaves no half clip.
        string unfinished = $"{path}.{Environment.ProcessId}.tmp.mp4";
        try
        {
            using (var renderer = new GalleryRenderer(character, Side))
            using (var writer = new VideoFileWriter(unfinished, Settings))
            {
                var picture = new I420Frame(Side, Side);
                for (int frame = 0; frame < loop.FrameCount; frame++)
                {
                    renderer.Render(loop.AtFrame(frame));
                    PackedPicture.ToI420(renderer.Pixels, Side * 4, PackedOrder.Bgra, picture.View);
                    writer.WriteFrame(picture.View);
                }

                writer.Complete();
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        return path;
    }
}
