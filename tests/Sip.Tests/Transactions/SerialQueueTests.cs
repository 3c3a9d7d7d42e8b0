using Avatar2D.Sip.Transactions;

namespace Avatar2D.Sip.Tests.Transactions;

public sealed class SerialQueueTests
{
    [Fact]
    public void Run_WorkThatQueuesWork_RunsItAfterwardsInOrder()
    {
        var queue = new SerialQueue();
        var seen = new List<int>();
        lock (queue.Gate)
        {
            queue.AddNeedsLock(() =>
            {
                lock (queue.Gate)
                {
                    queue.AddNeedsLock(() => seen.Add(3));
                }

                queue.Run();
                seen.Add(1);
            });
            queue.AddNeedsLock(() => seen.Add(2));
        }

        queue.Run();
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void Run_WorkThatThrows_LeavesTheQueueUsable()
    {
        var queue = new SerialQueue();
        var ran = false;
        lock (queue.Gate)
        {
            queue.AddNeedsLock(() => throw new InvalidOperationException());
            queue.AddNeedsLock(() => ran = true);
        }

        Assert.Throws<InvalidOperationException>(queue.Run);
        queue.Run();
        Assert.True(ran);
    }

    [Fact]
    public void Run_InsideWork_HoldsNoLock()
    {
        var queue = new SerialQueue();
        var held = true;
        lock (queue.Gate)
        {
            queue.AddNeedsLock(() => held = queue.Gate.IsHeldByCurrentThread);
        }

        queue.Run();
        Assert.False(held);
    }
}
