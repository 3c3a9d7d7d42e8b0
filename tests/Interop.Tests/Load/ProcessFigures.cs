using System.Globalization;

namespace Avatar2D.Interop.Tests.Load;

/// <summary>What this process holds when nothing goes on.</summary>
/// <param name="HeapBytes">Live objects.</param>
/// <param name="ResidentBytes">Memory of the process, native libraries included.</param>
/// <param name="OpenFiles">File descriptors: sockets, pipes, files; without the libraries, which the runtime opens when it first needs them.</param>
/// <param name="Timers">Timers of the gateway.</param>
internal sealed record ProcessFigures(long HeapBytes, long ResidentBytes, int OpenFiles, int Timers)
{
    /// <summary>Collects garbage and looks.</summary>
    public static ProcessFigures Read(CountingTime time)
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return new ProcessFigures(GC.GetTotalMemory(forceFullCollection: true), Resident(), OpenOnes(), time.LiveTimers);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"heap {HeapBytes / 1e6:0.00} MB, resident {ResidentBytes / 1e6:0.0} MB, {OpenFiles} files, {Timers} timers");

    private static int OpenOnes() => Directory.GetFiles("/proc/self/fd").Count(path =>
        new FileInfo(path).LinkTarget is { } target && !target.EndsWith(".dll", StringComparison.Ordinal));

    private static long Resident()
    {
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
