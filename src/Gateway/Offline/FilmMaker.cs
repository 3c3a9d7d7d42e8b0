using System.Diagnostics;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Commands;
using Avatar2D.Gateway.Marking;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Offline;

/// <summary>Makes a film: reads, drives, draws, codes and writes picture by picture, in memory that does not grow with the film.</summary>
internal static class FilmMaker
{
    /// <summary>Makes it beside its place and moves it there whole: what is cut short leaves nothing.</summary>
    /// <param name="order">What film.</param>
    /// <param name="stage">Of the avatar at the size of the film, fully loaded.</param>
    /// <param name="face">Its face.</param>
    /// <param name="progress">Told of each picture.</param>
    /// <param name="cancellationToken">Stops after the picture at hand.</param>
    /// <exception cref="CodecException">The sound cannot be read, or the film not be written.</exception>
    /// <exception cref="AvatarEngine.Inference.InferenceException">A network failed on every provider.</exception>
    public static RenderReport Make(FilmOrder order, Stage stage, StageFace face, FilmProgress progress, CancellationToken cancellationToken)
    {
        string unfinished = $"{order.Output}.{Environment.ProcessId}.tmp.mp4";
        using Process self = Process.GetCurrentProcess();
        TimeSpan cores = self.TotalProcessorTime;
        try
        {
            int frames = Write(order, unfinished, stage, face, progress, cancellationToken);
            if (order.Mark.MachineReadable)
                XmpMark.Append(unfinished);
            File.Move(unfinished, order.Output, overwrite: true);
            double seconds = (double)frames / order.FramesPerSecond;
            self.Refresh();
            double work = progress.Elapsed.TotalSeconds;
            double core = (self.TotalProcessorTime - cores).TotalSeconds;
            return new RenderReport(
                order.Output, order.Avatar, face.Networks.Model.Name, "audio", $"{order.Width}x{order.Height}", order.FramesPerSecond,
                order.Codec.ToString(), frames, seconds, work, core, seconds / core, self.PeakWorkingSet64 / 1e6);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static int Write(
        FilmOrder order, string path, Stage stage, StageFace face, FilmProgress progress, CancellationToken cancellationToken)
    {
        using var track = new SoundTrack(order.Audio);
        using var writer = new VideoFileWriter(path, new VideoFileSettings
        {
            Codec = order.Codec, Width = order.Width, Height = order.Height, FramesPerSecond = order.FramesPerSecond,
            AudioSampleRateHz = track.SampleRateHz,
        });
        using var motion = new SoundMotion(track, face.Networks, writer.WriteAudio);
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
            throw new CodecException($"{order.Audio} has no sound.");
        writer.Complete();
        return writer.Frames;

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
