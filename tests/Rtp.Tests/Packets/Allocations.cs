namespace Avatar2D.Rtp.Tests.Packets;

/// <summary>Counts what a piece of work allocates on this thread once it is warm.</summary>
internal static class Allocations
{
    public static long Of(Action work, int warmUps = 3)
    {
        for (int i = 0; i < warmUps; i++)
            work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
