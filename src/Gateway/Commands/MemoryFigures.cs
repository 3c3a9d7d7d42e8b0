using System.Diagnostics;

namespace Avatar2D.Gateway.Commands;

/// <summary>What this process holds at a moment.</summary>
/// <param name="ResidentMb">Resident memory, MB.</param>
/// <param name="HeapMb">Managed memory in use after a collection, MB.</param>
internal readonly record struct MemoryFigures(double ResidentMb, double HeapMb)
{
    private const double Megabyte = 1e6;

    /// <summary>Collects and gives free memory back, then looks: garbage that nothing has collected yet is no memory held.</summary>
    public static MemoryFigures Now()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        double heap = GC.GetTotalMemory(forceFullCollection: true) / Megabyte;
        using Process self = Process.GetCurrentProcess();
        return new MemoryFigures(self.WorkingSet64 / Megabyte, heap);
    }
}
