namespace Avatar2D.Codecs.Tests;

/// <summary>Counts what a piece of work allocates on the managed heap once it is warm.</summary>
internal static class AllocationMeter
{
    /// <summary>The least of several rounds: what the runtime itself allocates while it compiles happens in one of them only.</summary>
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
