namespace Avatar2D.TestKit;

/// <summary>Counts what a piece of work allocates on the managed heap once it is warm.</summary>
public static class AllocationMeter
{
    /// <summary>The least of five rounds after a first one to warm up: what the runtime itself allocates on the thread (while it
    /// compiles, when a collection closes the thread's buffer) happens in one of them only, what the work allocates in all.</summary>
    /// <param name="work">One round; it must be fit to be run again.</param>
    /// <returns>Bytes of managed memory allocated by the calling thread.</returns>
    public static long LeastBytes(Action work)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 6; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (round > 0)
                least = Math.Min(least, allocated);
        }

        return least;
    }
}
