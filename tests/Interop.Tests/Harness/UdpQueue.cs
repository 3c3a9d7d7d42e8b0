using System.Globalization;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>What Linux keeps for a UDP port until its owner reads it.</summary>
internal static class UdpQueue
{
    /// <summary>Bytes that wait at a local IPv4 port; 0 when nobody has it.</summary>
    public static long WaitingBytes(int port) => File.ReadLines("/proc/net/udp").Skip(1) // Headings.
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) // sl, address:port, remote, state, tx_queue:rx_queue
        .Where(fields => Hex(fields[1]) == port)
        .Sum(fields => Hex(fields[4]));

    private static long Hex(string pair) => long.Parse(pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
