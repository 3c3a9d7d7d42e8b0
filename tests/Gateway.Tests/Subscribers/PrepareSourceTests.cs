using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Tests.Avatars;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>Whose video may teach a model: drawn people, a synthetic voice, the real worker process.</summary>
public sealed class PrepareSourceTests : IDisposable
{
    private const int FrameSamples = 640;

    private static readonly string[] Lines =
    [
        "Good morning. This is a drawn person who says a few sentences about nothing at all.", "Maybe Bob and Pam bought a big map of the park.",
        "They will show it to every friend who comes along the road.", "Five blue whales swam past the pier before the fog came up.",
        "Nobody believed what the old man on the boat had to say about them.", "Open the window, please, and tell me whether the moon is out.",
    ];

    private static readonly string[] OtherLines =
    [
        "The quick brown fox jumps over the lazy dog, again and again.", "Should we go out today, or would you rather stay at home?",
        "A cup of coffee and a piece of cake will do for the two of us.", "Who wrote this letter, and why was it never sent to anybody?",
        "There are more than a hundred ways to boil an egg.", "In winter the lake is frozen, and people walk across it.",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-prepare-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Prepare_OwnShiftedAndAnothersSound_OnlyTheOwnIsTaken()
    {
        DrawnFilm film = (await DrawnFilm.SpeakingAsync(GalleryCharacter.Random(5), Lines)).With(width: 480, height: 480);
        short[] late = [.. new short[8 * FrameSamples], .. film.Pcm];
        short[] foreign = (await DrawnFilm.SpeakingAsync(GalleryCharacter.Random(5), OtherLines)).Pcm;

        RegistrationOutcome own = await PrepareAsync(film);
        Assert.True(own.HasPackage, Words(own));
        RegistrationOutcome shifted = await PrepareAsync(film.With(pcm: late[..film.Pcm.Length]));
        Assert.Equal("sound_fits_mouth", Assert.Single(shifted.Verdicts, v => !v.Passed).Code);
        Assert.Matches("[789] pictures before", Words(shifted));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Words(own)}\n{Words(shifted)}");
        RegistrationOutcome stranger = await PrepareAsync(film.With(pcm: foreign));
        TestContext.Current.TestOutputHelper?.WriteLine(Words(stranger));
        Verdict bad = Assert.Single(stranger.Verdicts, v => !v.Passed);
        Assert.True(bad.Code is "sound_fits_mouth" or "usable", Words(stranger));
    }

    [Fact]
    public async Task Prepare_TooShort_SaysHowMuchIsWanted()
    {
        DrawnFilm film = (await DrawnFilm.SpeakingAsync(GalleryCharacter.Random(5), Lines[..2])).With(width: 480, height: 480);
        RegistrationOutcome outcome = await PrepareAsync(film);
        Verdict bad = Assert.Single(outcome.Verdicts, v => !v.Passed);
        Assert.Equal("talks_long_enough", bad.Code);
        Assert.Contains("at least 20 seconds", bad.Advice, StringComparison.Ordinal);
    }

    private static string Words(RegistrationOutcome outcome) => string.Join(" ", outcome.Verdicts.Select(v => v.Message));

    private async Task<RegistrationOutcome> PrepareAsync(DrawnFilm film)
    {
        string clip = Path.Combine(_folder, $"{Guid.NewGuid():N}.mp4");
        film.Write(clip);
        var worker = new SourceWorker(new GatewayOptions(), TimeProvider.System);
        return await worker.RunAsync(
            WorkerPersonalizer.Verb, ["--source", clip, "--kind", "Video", "--name", "av_test", "--out", clip + ".shards"], new Progress<JobProgress>(), TestContext.Current.CancellationToken);
    }
}
