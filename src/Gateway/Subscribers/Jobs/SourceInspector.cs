using System.Globalization;
using Avatar2D.Codecs;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>
/// The checks that come before any face is looked for: can it be decoded from one end to the other, has it pictures, is it within
/// bounds. Runs in the worker process.
/// </summary>
internal static class SourceInspector
{
    private const int MinSide = 128;

    /// <summary>Decodes the whole source once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">Photo or video.</param>
    /// <param name="maxSeconds">Longest video.</param>
    /// <param name="maxPixels">Largest width or height.</param>
    /// <param name="progress">0 to 100 of this step.</param>
    /// <returns>One verdict for each check that could be made, in order.</returns>
    public static IReadOnlyList<Verdict> Inspect(string path, AvatarKind kind, int maxSeconds, int maxPixels, Action<int> progress)
    {
        var verdicts = new List<Verdict>();
        try
        {
            if (kind == AvatarKind.Photo)
            {
                I420Frame photo = PhotoFile.Load(path);
                progress(100);
                Add("decodable", photo.Width >= MinSide && photo.Height >= MinSide, $"A picture of {photo.Width}x{photo.Height} pixels.", $"{photo.Width}x{photo.Height} pixels are too few.", "Send a picture of at least 512x512 pixels.");
                return verdicts;
            }

            using var reader = new MediaFileReader(path);
            MediaFileInfo info = reader.Info;
            if (!Add("has_picture", info.HasVideo, "The file has pictures.", "The file has sound, but no pictures.", "Send a video of the face, not a sound recording.")
                || !CheckSize(info, maxPixels) || !CheckLength(info.Duration))
            {
                return verdicts;
            }

            Decode(reader, info);
        }
        catch (Exception exception) when (exception is CodecException or InvalidDataException)
        {
            Add("decodable", false, "", $"It cannot be decoded: {exception.Message.Replace(path, "the file", StringComparison.Ordinal)}", "Export it once more with ordinary settings (H.264 in MP4; or JPEG) and send that.");
        }

        return verdicts;

        bool CheckSize(MediaFileInfo info, int most)
        {
            string size = string.Create(CultureInfo.InvariantCulture, $"{info.Width}x{info.Height}");
            return Add("not_too_large", info.Width <= most && info.Height <= most, $"{size} pixels are not too many.", $"{size} pixels are more than the {most} that are taken.", $"Make it smaller: 1920x1080 is more than enough.")
                && Add("not_too_small", info.Width >= MinSide && info.Height >= MinSide, $"{size} pixels are enough.", $"{size} pixels are too few.", "Send a picture of at least 512x512 pixels.");
        }

        bool CheckLength(TimeSpan? duration) => duration is not { } length || Add(
            "not_too_long", length.TotalSeconds <= maxSeconds, $"{length.TotalSeconds:0.0} s.", $"{length.TotalSeconds:0.0} s are more than the {maxSeconds} that are taken.", "Cut it: ten seconds are enough for an avatar, two minutes for a model of your own.");

        void Decode(MediaFileReader reader, MediaFileInfo info)
        {
            int pictures = 0;
            while (reader.TryReadPicture(out MediaPicture picture))
            {
                pictures++;
                if (picture.Time.TotalSeconds > maxSeconds + 1)
                {
                    Add("not_too_long", false, "", $"It goes on after {maxSeconds} s.", "Cut it: ten seconds are enough for an avatar.");
                    return;
                }

                if (info.Duration is { Ticks: > 0 } length)
                    progress((int)Math.Min(100, 100 * picture.Time.Ticks / length.Ticks));
            }

            bool good = pictures > 0 && reader.BadPackets <= pictures / 10;
            Add("decodable", good, $"{pictures} pictures were decoded.", $"{pictures} pictures were decoded, {reader.BadPackets} parts could not be.", "The file is damaged or was cut off. Send it again, or export it once more.");
        }

        bool Add(string code, bool passed, string good, string bad, string advice)
        {
            verdicts.Add(new Verdict(code, passed, passed ? good : bad, passed ? null : advice));
            return passed;
        }
    }
}
