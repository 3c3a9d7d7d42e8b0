using System.Globalization;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Marking;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Tests.Avatars;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Media;

namespace Avatar2D.Interop.Tests.Provisioning;

/// <summary>What the README promises a newcomer, done as it is written there.</summary>
public sealed class ReadmeWalkTests
{
    private const int SidePx = 128;
    private const string Speech = "Good morning. This is the speech of a caller.";

    private static readonly string[] Lines =
    [
        "Good morning. This is a drawn person who says a few sentences about nothing at all.", "Maybe Bob and Pam bought a big map of the park.",
        "They will show it to every friend.",
    ];

    [Fact]
    public async Task Walk_FromAnEmptyStart_EachSeesHisOwnFaceAndAForgerNeither()
    {
        using var folder = new TempFolder();
        IReadOnlyList<string> blocks = ReadmeWalk.Blocks();
        Assert.Equal(2, blocks.Count);
        string[] served = blocks[0].Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(["./run", "serve"], served[..2]);
        (GalleryCharacter ana, GalleryCharacter ben) = (GalleryCharacter.Random(5), GalleryCharacter.Random(8));
        (await DrawnFilm.SpeakingAsync(ana, Lines)).Write(folder.File("ana.mp4"));
        (await DrawnFilm.SpeakingAsync(ben, Lines)).With(width: 640, height: 480).Write(folder.File("ben.mp4"));
        (await DrawnFilm.SpeakingAsync(Gallery.Maya, Speech)).WriteSound(folder.File("speech.wav"));
        await using ServedGateway gateway = await ServedGateway.StartAsync(folder, served[2..]);

        double[] seconds = new double[2];
        foreach ((string name, int i) in new[] { ("ana", 0), ("ben", 1) })
        {
            string script = blocks[1].Replace("KEY=...", $"KEY={gateway.Key}", StringComparison.Ordinal)
                .Replace("127.0.0.1:8080", $"127.0.0.1:{gateway.Http}", StringComparison.Ordinal)
                .Replace("127.0.0.1:5060", $"127.0.0.1:{gateway.Sip}", StringComparison.Ordinal)
                .Replace("Ana", i == 0 ? "Ana" : "Ben", StringComparison.Ordinal).Replace("ana", name, StringComparison.Ordinal)
                .Replace("api -N", "date +%s.%N; api -N", StringComparison.Ordinal).Replace("api -o", "date +%s.%N; api -o", StringComparison.Ordinal);
            string output = await ReadmeWalk.RunAsync(folder, script);
            double[] times = [.. output.Split('\n').Where(line => double.TryParse(line, CultureInfo.InvariantCulture, out _)).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
            seconds[i] = times[1] - times[0];
        }

        string forged = $"./run call sip:anybody@127.0.0.1:{gateway.Sip} --from sip:ana@example.com --wav speech.wav --out forger-seen.mp4";
        await ReadmeWalk.RunAsync(folder, forged);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"ready {seconds[0]:0.0} s after the upload of {LengthOf(folder.File("ana.mp4")):0.0} s of 1280x720, {seconds[1]:0.0} s of 640x480"));
        foreach (string who in (string[])["ana", "ben"])
        {
            string other = who == "ana" ? "ben" : "ana";
            I420Frame seen = Picture(folder.File($"{who}-seen.mp4"));
            await AssertMarkedAsync(folder, $"{who}-seen.mp4");
            Assert.InRange(Likeness(seen, folder.File($"{who}-preview.mp4")), 26, 99);
            Assert.InRange(Likeness(seen, folder.File($"{other}-preview.mp4")), 0, 20);
            Assert.InRange(Likeness(Picture(folder.File("forger-seen.mp4")), folder.File($"{who}-preview.mp4")), 0, 20);
        }
    }

    /// <summary>What the far end got says that it was generated: to people by a label, to machines by SEI, which ffmpeg finds too.</summary>
    private static async Task AssertMarkedAsync(TempFolder folder, string film)
    {
        string stream = folder.File(film + ".h264");
        await using ExternalProcess ffmpeg = ExternalProcess.Start(Tool.Ffmpeg, ["-y", "-i", folder.File(film), "-map", "0:v", "-c", "copy", "-bsf:v", "h264_mp4toannexb,trace_headers", stream]);
        Assert.Equal(0, await ffmpeg.EndedAsync());
        Assert.Contains("User Data Unregistered", ffmpeg.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.True(SeiMark.H264.IsIn(await File.ReadAllBytesAsync(stream)));

        using var reader = new MediaFileReader(folder.File(film));
        var label = new PictureLabel(new MarkOptions().Label, reader.Info.Width, reader.Info.Height);
        I420Frame? last = null;
        while (reader.TryReadPicture(out MediaPicture picture))
            picture.Picture.CopyTo((last ??= new I420Frame(reader.Info.Width, reader.Info.Height)).View);
        Assert.NotNull(last);
        var blank = new I420Frame(reader.Info.Width, reader.Info.Height);
        blank.Pixels.Fill(128);
        label.Draw(blank.View);
        Assert.InRange(Correlation(last.View, blank.View, label.Area), 0.8, 1);
    }

    /// <summary>How like the brightness of two pictures is in a place.</summary>
    private static double Correlation(I420View a, I420View b, (int X, int Y, int Width, int Height) area)
    {
        (double sa, double sb, double aa, double bb, double ab, int n) = (0, 0, 0, 0, 0, area.Width * area.Height);
        for (int i = 0; i < n; i++)
        {
            int row = area.Y + (i / area.Width);
            int column = area.X + (i % area.Width);
            (double x, double y) = (a.Y[(row * a.YStride) + column], b.Y[(row * b.YStride) + column]);
            (sa, sb, aa, bb, ab) = (sa + x, sb + y, aa + (x * x), bb + (y * y), ab + (x * y));
        }

        return ((ab / n) - (sa / n * (sb / n))) / Math.Sqrt(((aa / n) - (sa / n * (sa / n))) * ((bb / n) - (sb / n * (sb / n))));
    }

    private static double LengthOf(string film)
    {
        using var reader = new MediaFileReader(film);
        return reader.Info.Duration?.TotalSeconds ?? 0;
    }

    /// <summary>A picture from the middle of a recording.</summary>
    private static I420Frame Picture(string path) => Pictures(path) is { Count: > 0 } all ? all[all.Count / 2] : throw new InvalidDataException($"{path} has no picture.");

    /// <summary>Best PSNR against the pictures of a film, in dB.</summary>
    private static double Likeness(I420Frame picture, string film) => Pictures(film).Max(other => PictureQuality.Psnr(picture.View, other.View));

    private static List<I420Frame> Pictures(string path)
    {
        using var reader = new MediaFileReader(path);
        var scaler = new I420Scaler(reader.Info.Width, reader.Info.Height, SidePx, SidePx, ScaleMode.Crop);
        var all = new List<I420Frame>();
        while (reader.TryReadPicture(out MediaPicture picture))
        {
            var small = new I420Frame(SidePx, SidePx);
            scaler.Scale(picture.Picture, small.View);
            all.Add(small);
        }

        return all;
    }
}
