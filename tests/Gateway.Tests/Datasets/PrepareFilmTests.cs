using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Commands;
using Avatar2D.Gateway.Tests.Avatars;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Datasets;

/// <summary>Films of a drawn face whose every point and sound is known, through the real decoder.</summary>
public sealed class PrepareFilmTests : IDisposable
{
    private const int Frames = 100;
    private const int SidePx = 256;

    /// <summary>Start of each vowel, seconds; each lasts 0.2 s and closed lips follow.</summary>
    private static readonly double[] Vowels = [0.3, 0.72, 1.5, 1.9, 2.76, 3.2, 3.6];

    private static readonly FaceTimeline Acting = FaceTimeline.Still(default, TimeSpan.FromSeconds(4)).Over(FaceTimeline.Speech(
        [
            .. Vowels.SelectMany(at => (PhoneSpan[])
                [
                    new("AE", TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 0.2)),
                    new("M", TimeSpan.FromSeconds(at + 0.2), TimeSpan.FromSeconds(at + 0.3)),
                ]),
        ])).Over(FaceTimeline.Idle(5, TimeSpan.FromSeconds(4)));

    private readonly string _folder = Directory.CreateTempSubdirectory("prepare-film-").FullName;

    private string Shards => Path.Combine(_folder, "shards");

    [Fact]
    public async Task Prepare_ASpeakingVideo_GivesItsTruth()
    {
        TruthFile truth = Film("film.mp4", Sound());
        (int code, string output, string error) = await PrepareAsync(() => truth.Reader(), "film.mp4", "--json");
        Assert.True(code == ExitCode.Success, error);
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.Equal(1, report.RootElement.GetProperty("made").GetInt32());
        JsonElement clip = Clip("anna__film__000");
        Assert.Equal("anna", clip.GetProperty("person").GetString());
        Assert.Equal("measure", clip.GetProperty("licence").GetString());
        Assert.Equal("points110", clip.GetProperty("landmark_set").GetString());
        Assert.Equal(Frames, clip.GetProperty("frames").GetInt32());
        Assert.InRange(clip.GetProperty("sync_lag_frames").GetInt32(), -1, 1);
        Assert.True(clip.GetProperty("sync_r").GetDouble() > 0.6);
        Assert.False(clip.TryGetProperty("sync_shift_frames", out _));

        // The lips are open in the vowels and closed between, as drawn; the mouth lies where it lies in every patch.
        float[] geometry = Npy<float>("anna__film__000", "geometry.npy");
        foreach (double vowel in Vowels)
        {
            Assert.True(geometry[(13 * (int)((vowel + 0.1) * 25)) + 1] > 0.05, $"vowel at {vowel}");
            Assert.True(geometry[(13 * (int)((vowel + 0.25) * 25)) + 1] < 0.03, $"lips after {vowel}");
        }

        Half[] landmarks = Npy<Half>("anna__film__000", "landmarks.npy");
        Assert.Equal(Frames * 468 * 3, landmarks.Length);
        for (int n = 0; n < Frames; n += 9)
        {
            Assert.InRange((float)landmarks[((n * 468) + 61) * 3], 30, 60); // The right corner of the mouth.
            Assert.InRange((float)landmarks[((n * 468) + 13) * 3], 60, 68); // Its middle.
            Assert.Equal(landmarks[((n * 468) + 4) * 3], landmarks[((n * 468) + 1) * 3]); // Both names of the nose tip.
            Assert.Equal(Half.Zero, landmarks[((n * 468) + 200) * 3]); // A point that nobody reads.
        }

        // A tone that starts with a vowel stands at that vowel's samples.
        short[] pcm = Npy<short>("anna__film__000", "pcm.npy");
        Assert.Equal((Frames * 640) + 1600, pcm.Length);
        Assert.True(Loudness(pcm, Vowels[2] + 0.1) > 10 * Loudness(pcm, Vowels[2] - 0.1));

        // Once more: nothing to do.
        (code, output, error) = await PrepareAsync(NoReader, "film.mp4", "--json");
        Assert.Equal((ExitCode.Success, ""), (code, error));
        Assert.Contains("\"kept\":1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_SoundTooEarly_IsShifted()
    {
        TruthFile truth = Film("film.mp4", [.. Sound()[(6 * 640)..], .. new short[6 * 640]]);
        (int code, _, string error) = await PrepareAsync(() => truth.Reader(), "film.mp4");
        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("sound shifted by", error, StringComparison.Ordinal);
        JsonElement clip = Clip("anna__film__000");
        Assert.InRange(clip.GetProperty("sync_shift_frames").GetInt32(), 5, 7);
        Assert.InRange(clip.GetProperty("sync_lag_frames").GetInt32(), -1, 1);
        short[] pcm = Npy<short>("anna__film__000", "pcm.npy");
        Assert.True(Loudness(pcm, Vowels[2] + 0.1) > 10 * Loudness(pcm, Vowels[2] - 0.1));
    }

    [Fact]
    public async Task Prepare_ACut_GivesTwoClips()
    {
        TruthFile truth = Film("film.mp4", Sound(), cutAt: 40);
        (int code, _, string error) = await PrepareAsync(() => truth.Reader(), "film.mp4");
        Assert.True(code == ExitCode.Success, error);
        Assert.Equal(40, Clip("anna__film__000").GetProperty("frames").GetInt32());
        Assert.Equal(60, Clip("anna__film__001").GetProperty("frames").GetInt32());
        Assert.Equal(40, Clip("anna__film__001").GetProperty("first_frame").GetInt32());
        short[] pcm = Npy<short>("anna__film__001", "pcm.npy");
        Assert.True(Loudness(pcm, Vowels[4] - 1.6 + 0.1) > 10 * Loudness(pcm, Vowels[4] - 1.6 - 0.1));
    }

    [Fact]
    public async Task Prepare_NoSound_IsRefusedUnlessToldSo()
    {
        TruthFile truth = Film("film.mp4", null);
        (int code, string output, string error) = await PrepareAsync(() => truth.Reader(), "film.mp4", "--json");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("no sound; --picture-only", error, StringComparison.Ordinal);
        Assert.Contains("no sound", output, StringComparison.Ordinal);

        // A refusal is remembered, and forgotten with its record.
        File.Delete(Path.Combine(Shards, "films", "anna__film.json"));
        (code, _, error) = await PrepareAsync(() => truth.Reader(), "film.mp4", "--picture-only");
        Assert.True(code == ExitCode.Success, error);
        Assert.Empty(Npy<short>("anna__film__000", "pcm.npy"));
        Assert.Equal(Frames * 128 * 128 * 3, Npy<byte>("anna__film__000", "patches.npy").Length);
    }

    [Fact]
    public async Task Prepare_SilentSound_IsRefused()
    {
        TruthFile truth = Film("film.mp4", new short[Frames * 640]);
        await AssertRefused(() => truth.Reader(), "film.mp4", "its sound is silent");
    }

    [Fact]
    public async Task Prepare_TwoPicturesASecond_IsRefused()
    {
        TruthFile truth = Film("film.mp4", Sound(), rate: 2);
        await AssertRefused(() => truth.Reader(), "film.mp4", "pictures a second");
    }

    [Fact]
    public async Task Prepare_NoFace_IsRefused()
    {
        TruthFile truth = Film("film.mp4", Sound());
        await AssertRefused(() => new Blind(truth.Reader()), "film.mp4", "no face was found");
    }

    [Fact]
    public async Task Prepare_ACorruptFile_IsRefusedAndTriedAgain()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "film.mp4"), "no film at all", TestContext.Current.CancellationToken);
        await AssertRefused(NoReader, "film.mp4", "film.mp4");
        TruthFile truth = Film("film.mp4", Sound());
        (int code, _, string error) = await PrepareAsync(() => truth.Reader(), "film.mp4");
        Assert.True(code == ExitCode.Success, error);
    }

    [Fact]
    public async Task Prepare_StoppedInTheMiddle_GoesOnFromThere()
    {
        TruthFile truth = Film("film.mp4", Sound(), cutAt: 40);
        using var stop = new CancellationTokenSource();
        int seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PrepareAsync(() => new Stopper(truth.Reader(), () => { if (++seen == 70) stop.Cancel(); }), "film.mp4", [], stop.Token));
        Assert.Empty(Directory.GetDirectories(Shards));
        Directory.CreateDirectory(Path.Combine(Shards, "anna__film__000.part")); // What a kill leaves.
        (int code, _, string error) = await PrepareAsync(() => truth.Reader(), "film.mp4");
        Assert.True(code == ExitCode.Success, error);
        Assert.Equal(
            ["anna__film__000", "anna__film__001", "films"], Directory.GetDirectories(Shards).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Prepare_PlaceCannotBeWritten_SaysSoAndFails()
    {
        TruthFile truth = Film("film.mp4", Sound());
        Directory.CreateDirectory(Shards);
        await File.WriteAllTextAsync(Path.Combine(Shards, "films"), "a file where a folder has to be", TestContext.Current.CancellationToken);
        (int code, _, string error) = await PrepareAsync(() => truth.Reader(), "film.mp4");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("the same command goes on from there", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prepare needs --gallery", "FILM", "--gallery", "1")]
    [InlineData("--person NAME", "FILM", "--licence", "train")]
    [InlineData("--licence is", "FILM", "--person", "anna", "--licence", "free")]
    [InlineData("--use is", "FILM", "--person", "anna", "--licence", "train", "--use", "fun")]
    [InlineData("there is no file or folder", "no/such.mp4", "--person", "anna", "--licence", "train")]
    [InlineData("has no video", "FOLDER", "--person", "anna", "--licence", "train")]
    [InlineData("would have one name", "FILM", "FILM", "--person", "anna", "--licence", "train")]
    public async Task Prepare_BadArguments_AreUsageErrors(string message, params string[] arguments)
    {
        string film = Path.Combine(_folder, "a.mp4"), empty = Path.Combine(_folder, "empty");
        await File.WriteAllTextAsync(film, "x", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(empty);
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] args = ["prepare", .. arguments.Select(a => a == "FILM" ? film : a == "FOLDER" ? empty : a), "--out", Shards];
        int code = await CommandLine.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IFaceReader NoReader() => throw new InvalidOperationException("No face was to be read.");

    /// <summary>A buzz in each vowel over faint noise.</summary>
    private static short[] Sound()
    {
        short[] pcm = new short[Frames * 640];
        var random = new Random(1);
        for (int i = 0; i < pcm.Length; i++)
        {
            double t = i / 16000.0;
            double loud = Vowels.Any(v => t >= v && t < v + 0.2) ? 6000 : 20;
            pcm[i] = (short)(loud * ((0.6 * Math.Sin(Math.Tau * 180 * t)) + (0.4 * ((2 * random.NextDouble()) - 1))));
        }

        return pcm;
    }

    private static double Loudness(short[] pcm, double at) =>
        Math.Sqrt(pcm.Skip((int)(at * 16000) - 400).Take(800).Average(v => (double)v * v));

    private TruthFile Film(string name, short[]? pcm, int cutAt = -1, int rate = 25) =>
        TruthFile.Video(Path.Combine(_folder, name), Acting, rate == 25 ? Frames : 20, SidePx, pcm, cutAt, rate);

    private async Task AssertRefused(Func<IFaceReader> reader, string film, string why)
    {
        (int code, string output, string error) = await PrepareAsync(reader, film);
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains(" refused: ", error, StringComparison.Ordinal);
        Assert.Contains(why, error, StringComparison.Ordinal);
        Assert.Contains("1 videos refused", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetDirectories(Shards), d => Path.GetFileName(d) != "films");
    }

    private Task<(int Code, string Output, string Error)> PrepareAsync(Func<IFaceReader> reader, string film, params string[] more) =>
        PrepareAsync(reader, film, more, TestContext.Current.CancellationToken);

    private async Task<(int Code, string Output, string Error)> PrepareAsync(
        Func<IFaceReader> reader, string film, string[] more, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Command verb = new PrepareVerb(faces: reader).Describe(output, error);
        string[] args = [Path.Combine(_folder, film), "--person", "anna", "--licence", "measure", "--use", "test", "--jobs", "1", "--out", Shards, .. more];
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error };
        int code = await verb.Parse(args).InvokeAsync(configuration, cancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private JsonElement Clip(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shards, name, "clip.json"))).RootElement;

    /// <summary>The numbers of a file of ours: 128 bytes of header, then the data.</summary>
    private T[] Npy<T>(string clip, string file)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(Path.Combine(Shards, clip, file)).AsSpan(128)).ToArray();

    private sealed class Blind(IFaceReader reader) : IFaceReader
    {
        public ReadOnlySpan<System.Numerics.Vector2> RawPoints => reader.RawPoints;

        public float Presence => 0;

        public int FacesSeen => 0;

        public int Acquisitions => 0;

        public bool Update(I420View picture, TimeSpan time) => false;

        public void Dispose() => reader.Dispose();
    }

    private sealed class Stopper(IFaceReader reader, Action each) : IFaceReader
    {
        public ReadOnlySpan<System.Numerics.Vector2> RawPoints => reader.RawPoints;

        public float Presence => reader.Presence;

        public int FacesSeen => reader.FacesSeen;

        public int Acquisitions => reader.Acquisitions;

        public bool Update(I420View picture, TimeSpan time)
        {
            each();
            return reader.Update(picture, time);
        }

        public void Dispose() => reader.Dispose();
    }
}
