using System.Security.Cryptography;
using Avatar2D.AvatarEngine.Datasets;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

public sealed class GalleryDatasetTests : IDisposable
{
    private static readonly SpokenDatasetOptions OneClip = new() { People = 1, SecondsPerPerson = 0.1, Seed = 4 };

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task RunAsync_InterruptedAndGoneOn_GivesTheSameBytes()
    {
        // One clip; a little more than its length takes two.
        ClipRecord one = Assert.Single(await Run("parts", OneClip, new ToneSynthesizer())).Record;
        SpokenDatasetOptions two = OneClip with { SecondsPerPerson = (one.Frames / 25.0) + 0.01 };
        List<ClipProgress> whole = await Run("whole", two, new ToneSynthesizer());
        Assert.Equal([false, false], whole.Select(p => p.WasThere));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run("parts", two, new ToneSynthesizer(), failAfter: 1));
        Directory.CreateDirectory(_folder.File("parts/" + Path.GetFileName(Clips("whole")[1]) + ".part")); // A kill leaves this.
        Assert.Equal(Path.GetFileName(Clips("whole")[0]), Path.GetFileName(Assert.Single(Clips("parts"))));
        byte[] first = Sum(Clips("parts")[0]);

        var synthesizer = new ToneSynthesizer();
        List<ClipProgress> rest = await Run("parts", two, synthesizer);
        Assert.Equal([true, false], rest.Select(p => p.WasThere));
        Assert.Equal(2, synthesizer.Spoken); // Only the second clip's sentences.
        Assert.Equal(first, Sum(Clips("parts")[0]));
        Assert.Equal(Clips("whole").Select(Path.GetFileName), Clips("parts").Select(Path.GetFileName));
        Assert.Equal(Clips("whole").Select(Sum), Clips("parts").Select(Sum));
    }

    [Fact]
    public async Task RunAsync_Clip_MouthFollowsThePhones()
    {
        ClipRecord record = Assert.Single(await Run("a", OneClip, new ToneSynthesizer())).Record;
        float[] geometry = NpyArray.Read(Path.Combine(Clips("a")[0], "geometry.npy")).As<float>();
        float Gap(double seconds) => geometry[(13 * (int)Math.Round(seconds * 25)) + 1];
        Assert.Equal("maya", record.Synthetic!.Character);
        Assert.Equal("gallery-maya", record.Person);
        Assert.Equal("train", record.Licence);
        Assert.NotEmpty(record.Synthetic.Phones);
        foreach (TimedPhone phone in record.Synthetic.Phones)
        {
            float gap = Gap((phone.Start + phone.End) / 2);
            Assert.True(phone.Phone == "M" ? gap < 0.012 : gap > 0.04, $"{phone}: {gap}");
        }

        Assert.InRange(record.SyncLagFrames, -1, 1);
        Assert.True(record.SyncR > 0.5);
        Assert.True(record.JitterPx < 0.1);
        byte[] patches = NpyArray.Read(Path.Combine(Clips("a")[0], "patches.npy")).Data;
        Assert.InRange(patches.Average(v => (double)v), 40, 220); // A picture, not a black or white square.
    }

    [Fact]
    public async Task RunAsync_OtherSeed_MakesOtherClipsBesides()
    {
        await Run("a", OneClip, new ToneSynthesizer());
        await Run("a", OneClip with { Seed = 5 }, new ToneSynthesizer());
        Assert.Equal(2, Clips("a").Length);
        Assert.NotEqual(Sum(Clips("a")[0]), Sum(Clips("a")[1]));
    }

    [Fact]
    public async Task RunAsync_Cancelled_LeavesNoHalfClip()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var dataset = new GalleryDataset(new ShardFolder(_folder.File("c")), OneClip, new ToneSynthesizer());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dataset.RunAsync(_ => { }, stop.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("c")));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Sum(string clip)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.EnumerateFiles(clip).Order(StringComparer.Ordinal))
            hash.AppendData(File.ReadAllBytes(file));
        return hash.GetHashAndReset();
    }

    private async Task<List<ClipProgress>> Run(string folder, SpokenDatasetOptions options, ISpeechSynthesizer synthesizer, int failAfter = int.MaxValue)
    {
        var seen = new List<ClipProgress>();
        var dataset = new GalleryDataset(new ShardFolder(_folder.File(folder)), options, synthesizer);
        await dataset.RunAsync(
            clip =>
            {
                seen.Add(clip);
                if (seen.Count == failAfter)
                    throw new InvalidOperationException("interrupted");
            },
            TestContext.Current.CancellationToken);
        return seen;
    }

    private string[] Clips(string folder) =>
        [.. Directory.EnumerateDirectories(_folder.File(folder)).Where(d => !d.EndsWith(".part", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
