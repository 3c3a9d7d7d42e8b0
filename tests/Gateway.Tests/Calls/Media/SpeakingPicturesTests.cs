using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Tests.Avatars;
using Avatar2D.Media;
using Microsoft.Extensions.Logging;

namespace Avatar2D.Gateway.Tests.Calls.Media;

/// <summary>A face in a call, by ONNX Runtime: it speaks, and when a network fails while it speaks the loop goes on.</summary>
public sealed class SpeakingPicturesTests : IDisposable
{
    private const long Frequency = 1_000_000_000;
    private const int Centre = (64 * 128) + 64;
    private static readonly short[] Speech =
        WavFile.Read(InstallationFiles.Find("assets/speech.wav")!).At(VoiceLine.VoiceHz).Samples.ToArray(); // Shipped.

    private readonly KeptLog _log = new();
    private readonly VoiceLine _voice = new(TimeSpan.FromMilliseconds(70), Frequency);
    private readonly PcmResampler _toVoice = new(VoiceLine.VoiceHz, VoiceLine.VoiceHz);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task PictureAt_SomebodySpeaks_MouthMoves()
    {
        List<byte> seen = await SpeakAsync(network: null);
        Assert.Contains(seen, luma => luma != GreyFace.Grey);
        Assert.DoesNotContain(_log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData("decoder")]
    [InlineData("audio_encoder")]
    [InlineData("source_encoder")]
    public async Task PictureAt_NetworkFails_LoopGoesOnAndTheLogSaysSoOnce(string network)
    {
        List<byte> seen = await SpeakAsync(network);

        Assert.Equal(GreyFace.Grey, seen[^1]);
        (LogLevel level, string message) = Assert.Single(_log.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains("Avatar grey cannot speak", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_PicturesThatHeard_LeaveTheVoice()
    {
        using var model = new FailingModel(null);
        using AvatarCatalog catalog = Catalog(model);
        IPictureSource pictures = SpeakingPictures.Of(await LeaseAsync(catalog), _voice, _log);
        Write(0, 50);
        Assert.True(_voice.TryDrive(Frequency / 2, new float[24], out _));
        pictures.Dispose();
        Write(50, 51);

        Assert.False(_voice.TryDrive(Frequency / 2, new float[24], out _));
    }

    /// <summary>Luma in the middle of the mouth in each of 50 pictures of two seconds of speech.</summary>
    private async Task<List<byte>> SpeakAsync(string? network)
    {
        using var model = new FailingModel(network);
        using AvatarCatalog catalog = Catalog(model);
        using IPictureSource pictures = SpeakingPictures.Of(await LeaseAsync(catalog), _voice, _log);
        var seen = new List<byte>();
        for (int i = 0; i < 50; i++)
        {
            Write(2 * i, (2 * i) + 2);
            seen.Add(pictures.PictureAt(i * 0.04, (long)(i * 0.04 * Frequency)).Y[Centre]);
        }

        return seen;
    }

    private AvatarCatalog Catalog(FailingModel model) => new((_, _) => Task.FromResult<ISourceFrames>(new GreyFace()), 100_000_000, model.Engine(_log));

    private static async Task<StageLease> LeaseAsync(AvatarCatalog catalog)
    {
        var key = new StageKey("grey", 128, 128);
        StageLease lease = await catalog.Stages.AcquireAsync(key, CancellationToken.None);
        await catalog.Stages.WhenLoadedAsync(key);
        return lease;
    }

    private void Write(int from, int to)
    {
        for (int i = from; i < to; i++)
            _voice.Write(Speech.AsSpan(i * 320, 320), _toVoice, i * Frequency / 50);
    }
}
