using System.Globalization;
using System.Runtime.InteropServices;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>Facts about the machine that checks judge. Facts that the system does not tell are null.</summary>
public sealed record DoctorMachine
{
    /// <summary>Version of the .NET runtime.</summary>
    public required Version Runtime { get; init; }

    /// <summary>Name of the operating system and processor architecture.</summary>
    public required string System { get; init; }

    /// <summary>Processor cores that this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory that this process may use, bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Open files (sockets are files) that this process may have.</summary>
    public long? OpenFiles { get; init; }

    /// <summary>First and last port that the system gives out by itself.</summary>
    public (int First, int Last)? EphemeralPorts { get; init; }

    /// <summary>The NVIDIA kernel driver's own words; null without one.</summary>
    public string? NvidiaDriver { get; init; }

    /// <summary>Reads the facts of this machine.</summary>
    public static DoctorMachine Read() => Read("/proc");

    internal static DoctorMachine Read(string proc) => new()
    {
        Runtime = Environment.Version,
        System = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}",
        Cores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        OpenFiles = OpenFileLimit(Lines(Path.Combine(proc, "self", "limits"))),
        EphemeralPorts = PortRange(Lines(Path.Combine(proc, "sys", "net", "ipv4", "ip_local_port_range"))),
        NvidiaDriver = Lines(Path.Combine(proc, "driver", "nvidia", "version")).FirstOrDefault(),
    };

    // "Max open files            1024                 524288               files": the soft limit counts.
    private static long? OpenFileLimit(string[] lines)
    {
        const string Start = "Max open files";
        string? line = Array.Find(lines, l => l.StartsWith(Start, StringComparison.Ordinal));
        string? soft = line?[Start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (soft == "unlimited")
            return long.MaxValue;
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
    }

    private static (int First, int Last)? PortRange(string[] lines)
    {
        string[] parts = lines.Length == 0 ? [] : lines[0].Split((char[])['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int last) ? (first, last) : null;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
