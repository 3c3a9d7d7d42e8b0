using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Heads;
using Avatar2D.AvatarEngine.Tests.Heads;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

public sealed class HeadDatasetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task RunAsync_Clip_MouthFollowsThePhones()
    {
        HeadModel head = HeadModel.Load(new TinyHead().Write(_folder.File("head.npz")));
        var options = new SpokenDatasetOptions { People = 1, SecondsPerPerson = 0.1, Seed = 4 };
        var seen = new List<ClipProgress>();
        await new HeadDataset(head, new ShardFolder(_folder.File("shards")), options, new ToneSynthesizer()).RunAsync(seen.Add, TestContext.Current.CancellationToken);
        ClipRecord record = Assert.Single(seen).Record;
        string clip = Assert.Single(Directory.GetDirectories(_folder.File("shards")));
        Assert.Equal("heads-400012", record.Person);
        Assert.Equal("train", record.Licence);
        float[] geometry = NpyArray.Read(Path.Combine(clip, "geometry.npy")).As<float>();
        float Gap(double seconds) => geometry[(13 * (int)Math.Round(seconds * 25)) + 1];
        Assert.NotEmpty(record.Synthetic!.Phones);
        foreach (TimedPhone phone in record.Synthetic.Phones)
        {
            float gap = Gap((phone.Start + phone.End) / 2);
            Assert.True(phone.Phone == "M" ? gap < 0.04 : gap > 0.08, $"{phone}: {gap}");
        }

        Assert.InRange(record.SyncLagFrames, -1, 1);
        byte[] patches = NpyArray.Read(Path.Combine(clip, "patches.npy")).Data;
        Assert.InRange(patches.Average(v => (double)v), 10, 245); // A picture, not a black or white square.
    }

    public void Dispose() => _folder.Dispose();
}
