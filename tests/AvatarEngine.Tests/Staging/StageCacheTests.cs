using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Staging;

public sealed class StageCacheTests
{
    private const int Side = 16;
    private static readonly long StageBytes = 3L * I420Frame.SizeBytes(Side, Side);
    private int _opened;

    [Fact]
    public async Task AcquireAsync_TwoCalls_OneLoadAndSamePictures()
    {
        StageCache cache = Cache(budgetBytes: 1 << 20);
        using StageLease first = await cache.AcquireAsync(Key("a"), CancellationToken.None);
        using StageLease second = await cache.AcquireAsync(Key("a"), CancellationToken.None);
        await cache.WhenLoadedAsync(Key("a"));

        Assert.Same(first.Stage, second.Stage);
        Assert.Equal(1, _opened);
        Assert.Equal(3, first.Stage.ReadyFrames);
    }

    [Fact]
    public async Task FrameAt_PastTheEnd_Loops()
    {
        StageCache cache = Cache(budgetBytes: 1 << 20);
        using StageLease lease = await cache.AcquireAsync(Key("a"), CancellationToken.None);
        await cache.WhenLoadedAsync(Key("a"));

        int[] shown = [.. Enumerable.Range(0, 7).Select(i => (int)lease.Stage.FrameAt(i / 25.0).View.Y[0])];

        Assert.Equal([0, 1, 2, 0, 1, 2, 0], shown);
    }

    [Fact]
    public async Task FrameAt_HalfRate_SkipsEverySecond()
    {
        StageCache cache = Cache(budgetBytes: 1 << 20);
        using StageLease lease = await cache.AcquireAsync(Key("a"), CancellationToken.None);
        await cache.WhenLoadedAsync(Key("a"));

        Assert.Equal(2, lease.Stage.FrameAt(1 / 12.5).View.Y[0]);
    }

    [Fact]
    public async Task AcquireAsync_OverBudget_ForgetsLeastRecentlyUsedOnly()
    {
        StageCache cache = Cache(budgetBytes: 2 * StageBytes);
        foreach (string name in new[] { "a", "b" })
        {
            (await cache.AcquireAsync(Key(name), CancellationToken.None)).Dispose();
            await cache.WhenLoadedAsync(Key(name));
        }

        (await cache.AcquireAsync(Key("a"), CancellationToken.None)).Dispose();
        (await cache.AcquireAsync(Key("c"), CancellationToken.None)).Dispose();
        await cache.WhenLoadedAsync(Key("c"));
        (await cache.AcquireAsync(Key("a"), CancellationToken.None)).Dispose();
        int openedBefore = _opened;
        (await cache.AcquireAsync(Key("b"), CancellationToken.None)).Dispose();

        Assert.Equal(3, openedBefore);
        Assert.Equal(4, _opened);
    }

    [Fact]
    public async Task AcquireAsync_InUse_StaysOverBudget()
    {
        StageCache cache = Cache(budgetBytes: 1);
        using StageLease lease = await cache.AcquireAsync(Key("a"), CancellationToken.None);
        await cache.WhenLoadedAsync(Key("a"));

        Assert.Equal(StageBytes, cache.SizeBytes);
        lease.Dispose();
        Assert.Equal(0, cache.SizeBytes);
    }

    [Fact]
    public async Task AcquireAsync_DamagedClip_FailsAndNextCallTriesAgain()
    {
        StageCache cache = Cache(budgetBytes: 1 << 20);
        await Assert.ThrowsAsync<InvalidDataException>(() => cache.AcquireAsync(Key("damaged"), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidDataException>(() => cache.AcquireAsync(Key("damaged"), CancellationToken.None));

        Assert.Equal(2, _opened);
        Assert.Equal(0, cache.SizeBytes);
    }

    [Fact]
    public async Task AcquireAsync_ClipShorterThanPromised_LoopsWhatThereIs()
    {
        StageCache cache = Cache(budgetBytes: 1 << 20);
        using StageLease lease = await cache.AcquireAsync(Key("short"), CancellationToken.None);
        await cache.WhenLoadedAsync(Key("short"));
        using StageLease again = await cache.AcquireAsync(Key("short"), CancellationToken.None);

        Assert.Equal(2, lease.Stage.FrameCount);
        Assert.Equal(0, lease.Stage.FrameAt(2 / 25.0).View.Y[0]);
        Assert.Equal(1, _opened);
    }

    [Fact]
    public async Task AcquireAsync_GivenBackWhileLoading_ForgottenWhenLoadedOverBudget()
    {
        using var gate = new SemaphoreSlim(0);
        StageCache cache = new(
            (_, _) => Task.FromResult<ISourceFrames>(new Clip(3, gate)), (_, _) => Fit, _ => null, budgetBytes: 1);
        gate.Release();
        (await cache.AcquireAsync(Key("a"), CancellationToken.None)).Dispose();
        Task loaded = cache.WhenLoadedAsync(Key("a"));
        Assert.Equal(StageBytes, cache.SizeBytes);
        gate.Release(2);
        await loaded;

        Assert.Equal(0, cache.SizeBytes);
    }

    [Fact]
    public async Task AcquireAsync_GivenUpWaiting_OthersGetItAndNoUseIsLeft()
    {
        using var gate = new SemaphoreSlim(0);
        using var stop = new CancellationTokenSource();
        StageCache cache = new(
            (_, _) => Task.FromResult<ISourceFrames>(new Clip(3, gate)), (_, _) => Fit, _ => null, budgetBytes: 1);
        Task<StageLease> first = cache.AcquireAsync(Key("a"), stop.Token);
        Task<StageLease> second = cache.AcquireAsync(Key("a"), CancellationToken.None);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Release(3);
        (await second).Dispose();
        await cache.WhenLoadedAsync(Key("a"));

        Assert.Equal(0, cache.SizeBytes);
    }

    [Fact]
    public async Task Forget_StageInUse_IsLoadedAnewForTheNextCall()
    {
        StageCache cache = Cache(budgetBytes: 1 << 20);
        using StageLease lease = await cache.AcquireAsync(Key("a"), CancellationToken.None);
        await cache.WhenLoadedAsync(Key("a"));
        (await cache.AcquireAsync(Key("b"), CancellationToken.None)).Dispose();
        await cache.WhenLoadedAsync(Key("b"));
        cache.Forget("a");

        Assert.Equal(StageBytes, cache.SizeBytes); // That of b.
        Assert.Equal(0, lease.Stage.FrameAt(0).View.Y[0]);
        using StageLease again = await cache.AcquireAsync(Key("a"), CancellationToken.None);
        Assert.NotSame(lease.Stage, again.Stage);
        Assert.Equal(3, _opened);
    }

    private static PictureFit Fit { get; } = new((from, to) => to.Y.Fill(from.Y[0]), 0.5, 0, 0);

    private static StageKey Key(string avatar) => new(avatar, Side, Side);

    private StageCache Cache(long budgetBytes) => new(
        (avatar, _) =>
        {
            _opened++;
            return Task.FromResult<ISourceFrames>(new Clip(avatar switch { "damaged" => 0, "short" => 2, _ => 3 }));
        },
        (_, _) => Fit,
        _ => null,
        budgetBytes);

    /// <summary>Three pictures whose first luma sample is their number; double size, so that fitting runs too.</summary>
    private sealed class Clip(int readable, SemaphoreSlim? gate = null) : ISourceFrames
    {
        private int _next;

        public int Width => 2 * Side;

        public int Height => 2 * Side;

        public double FramesPerSecond => 25;

        public int FrameCount => 3;

        public FaceTrack? Face => null;

        public bool TryReadNext(I420View target)
        {
            if (_next == readable)
                return false;
            gate?.Wait();
            target.Y.Fill((byte)_next++);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
