using System.Diagnostics;
using System.Globalization;
using Avatar2D.AvatarEngine.Driving.Video;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Commands;
using Avatar2D.Gateway.Marking;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Offline;

/// <summary>Makes a film: reads, drives, draws, codes and writes picture by picture, in memory that does not grow with the film.</summary>
internal static class FilmMaker
{
    /// <summary>Behind the name of a film and the id of the process that makes it.</summary>
    private const string Unfinished = ".tmp.mp4";

    /// <summary>Makes it beside its place and moves it there whole: what is cut short leaves nothing.</summary>
    /// <param name="order">What film.</param>
    /// <param name="stage">Of the avatar at the size of the film, fully loaded.</param>
    /// <param name="face">Its face.</param>
    /// <param name="faces">Makes a reader of faces for a driving video.</param>
    /// <param name="progress">Told of each picture.</param>
    /// <param name="cancellationToken">Stops after the picture at hand.</param>
    /// <exception cref="CodecException">The sound cannot be read, or the film not be written.</exception>
    /// <exception cref="InvalidDataException">The driving video cannot be read, or shows no face.</exception>
    /// <exception cref="AvatarEngine.Inference.InferenceException">A network failed on every provider.</exception>
    public static RenderReport Make(
        FilmOrder order, Stage stage, StageFace face, Func<IFaceReader> faces, FilmProgress progress, CancellationToken cancellationToken)
    {
        DeleteLeftovers(Path.GetDirectoryName(Path.GetFullPath(order.Output))!); // A file has a folder.
        string unfinished = $"{order.Output}.{Environment.ProcessId}{Unfinished}";
        using Process self = Process.GetCurrentProcess();
        TimeSpan cores = self.TotalProcessorTime;
        try
        {
            int frames = order.Driver == FilmDriver.Video
                ? WriteByFace(order, unfinished, stage, face, faces, progress, cancellationToken)
                : WriteBySound(order, unfinished, stage, face, progress, cancellationToken);
            if (order.Mark.MachineReadable)
                XmpMark.Append(unfinished);
            File.Move(unfinished, order.Output, overwrite: true);
            double seconds = (double)frames / order.FramesPerSecond;
            self.Refresh();
            double work = progress.Elapsed.TotalSeconds;
            double core = (self.TotalProcessorTime - cores).TotalSeconds;
            return new RenderReport(
                order.Output, order.Avatar, face.Networks.Model.Name, order.Driver.ToString().ToLowerInvariant(), $"{order.Width}x{order.Height}",
                order.FramesPerSecond, order.Codec.ToString(), frames, seconds, work, core, seconds / core, self.PeakWorkingSet64 / 1e6);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>What processes that were killed have left in a folder.</summary>
    private static void DeleteLeftovers(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, $"*.*{Unfinished}"))
        {
            string[] parts = Path.GetFileName(file)[..^Unfinished.Length].Split('.');
            if (!int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int process) || IsRunning(process))
                continue;
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue; // Somebody else's: the film does not depend on it.
            }
        }
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static int WriteBySound(
        FilmOrder order, string path, Stage stage, StageFace face, FilmProgress progress, CancellationToken cancellationToken)
    {
        using var track = new SoundTrack(order.Driving);
        using VideoFileWriter writer = Writer(order, path, track.SampleRateHz);
        using var motion = new SoundMotion(track, face.Networks, writer.WriteAudio);
        return Write(order, writer, stage, face, motion, progress, cancellationToken)
            ? writer.Frames
            : throw new CodecException($"{order.Driving} has no sound.");
    }

    private static int WriteByFace(
        FilmOrder order, string path, Stage stage, StageFace face, Func<IFaceReader> faces, FilmProgress progress, CancellationToken cancellationToken)
    {
        using var film = new FilePictures(order.Driving);
        PersonRange person;
        using (IFaceReader looking = faces())
            person = FaceMotion.Survey(film, order.Driving, looking, looked => progress.Look(looked, film.Duration), cancellationToken);
        using IFaceReader reader = faces();
        using SoundTrack? track = film.Info.HasAudio ? new SoundTrack(order.Driving) : null;
        using VideoFileWriter writer = Writer(order, path, track?.SampleRateHz);
        SoundCopy? sound = track is null ? null : new SoundCopy(track, writer.WriteAudio);
        using var motion = new FaceMotion(film, reader, person, face.Networks.Model.CodeCount, sound);
        return Write(order, writer, stage, face, motion, progress, cancellationToken)
            ? writer.Frames
            : throw new InvalidDataException($"{order.Driving} has no picture.");
    }

    private static VideoFileWriter Writer(FilmOrder order, string path, int? soundHz) => new(path, new VideoFileSettings
    {
        Codec = order.Codec, Width = order.Width, Height = order.Height, FramesPerSecond = order.FramesPerSecond, AudioSampleRateHz = soundHz,
    });

    private static bool Write(
        FilmOrder order, VideoFileWriter writer, Stage stage, StageFace face, IMotionSource motion, FilmProgress progress, CancellationToken cancellationToken)
    {
        PictureLabel? label = order.Mark.Label.Length == 0 ? null : new PictureLabel(order.Mark.Label, order.Width, order.Height);
        var copy = new I420Frame(order.Width, order.Height);
        using var film = new SpeakingFilm(stage, face, motion);
        while (film.TryDraw(TimeSpan.FromSeconds((double)writer.Frames / order.FramesPerSecond), out I420View picture))
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.WriteFrame(Labelled(picture));
            progress.Report(TimeSpan.FromSeconds((double)writer.Frames / order.FramesPerSecond), motion.Length);
        }

        if (writer.Frames == 0)
            return false;
        writer.Complete();
        return true;

        I420View Labelled(I420View drawn)
        {
            if (label is null)
                return drawn;
            drawn.CopyTo(copy.View);
            label.Draw(copy.View);
            return copy.View;
        }
    }
}
