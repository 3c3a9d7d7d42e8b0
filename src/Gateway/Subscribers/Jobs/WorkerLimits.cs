using System.Runtime.InteropServices;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>
/// What a process allows itself before it touches a file of a stranger (setrlimit(2)): memory, processor time, file size, no core
/// dump. The kernel holds it to that, whatever the file does to the decoder. Nothing happens outside Linux.
/// </summary>
internal static partial class WorkerLimits
{
    // <asm-generic/resource.h>
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Data = 2; // Writable private memory: what a decoder allocates, not what the runtime only reserves.
    private const int Core = 4;

    /// <summary>Sets the bounds; they cannot be widened again.</summary>
    /// <param name="memoryBytes">Writable memory.</param>
    /// <param name="cpuSeconds">Processor time of all threads.</param>
    /// <param name="fileBytes">Largest file that may be written.</param>
    /// <exception cref="InvalidOperationException">The kernel refuses: then nothing is decoded.</exception>
    public static void Apply(long memoryBytes, long cpuSeconds, long fileBytes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach ((int resource, long value) in ((int, long)[])[(Data, memoryBytes), (Cpu, cpuSeconds), (FileSize, fileBytes), (Core, 0)])
        {
            var limit = new Limit((ulong)value, (ulong)value);
            if (SetLimit(resource, in limit) != 0)
                throw new InvalidOperationException($"setrlimit({resource}, {value}) failed with {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
