using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>
/// Ports that nobody uses now, for peers that cannot choose by themselves. They lie below 32768, where Linux takes its own
/// ephemeral ports, and above the gateway's media range; no port is handed out twice by this process.
/// </summary>
internal static class FreePorts
{
    private const int First = 30000;
    private const int Last = 32700;

    // Different processes of tests begin at different places.
    private static int _next = First + (Environment.ProcessId * 16 % (Last - First) & ~1);

    /// <summary>The first of consecutive ports that are free for UDP and TCP; even.</summary>
    public static int Range(int count, string address = "127.0.0.1")
    {
        IPAddress local = IPAddress.Parse(address);
        for (int attempt = 0; attempt < Last - First; attempt++)
        {
            int first = Interlocked.Add(ref _next, (count + 1) & ~1) - ((count + 1) & ~1);
            if (first + count > Last)
            {
                Interlocked.Exchange(ref _next, First);
                continue;
            }

            if (Enumerable.Range(first, count).All(port => IsUdpFree(local, port) && IsTcpFree(local, port)))
                return first;
        }

        throw new InvalidOperationException($"No {count} free ports in a row at {address}.");
    }

    /// <summary>One port that is free for UDP and TCP.</summary>
    public static int One(string address = "127.0.0.1") => Range(1, address);

    /// <summary>True when a UDP port can be opened: a peer that listens there makes it false.</summary>
    public static bool IsUdpFree(IPAddress address, int port) => CanBind(address, port, SocketType.Dgram, ProtocolType.Udp);

    /// <summary>True when a TCP port can be opened.</summary>
    public static bool IsTcpFree(IPAddress address, int port) => CanBind(address, port, SocketType.Stream, ProtocolType.Tcp);

    private static bool CanBind(IPAddress address, int port, SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(address.AddressFamily, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
