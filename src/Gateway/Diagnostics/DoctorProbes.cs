using System.Net;
using System.Net.Sockets;

using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>What the doctor has to try out, each replaceable in tests.</summary>
public sealed record DoctorProbes
{
    /// <summary>Native libraries and encoders.</summary>
    public required Func<IReadOnlyList<DoctorLibrary>> Libraries { get; init; }

    /// <summary>Loads the face model that the settings name and starts it where they say.</summary>
    public required Func<EngineOptions, DoctorModel> FaceModel { get; init; }

    /// <summary>PyTorch for <c>train</c> and <c>personalize</c>, which calls do not need; null: not looked at.</summary>
    public DoctorLibrary? Training { get; init; }

    /// <summary>Loads the networks that read faces; null when that works, else why not.</summary>
    public Func<EngineOptions, string?> FaceNetworks { get; init; } = static _ => null;

    /// <summary>Tries to bind; null when that works, else why not.</summary>
    public Func<SipListenProtocol, IPEndPoint, string?> Bind { get; init; } = TryBind;

    /// <summary>Tries to write beside a file that may not exist yet; null when that works, else why not.</summary>
    public Func<string, string?> Write { get; init; } = TryWriteBeside;

    internal static string? TryBind(SipListenProtocol protocol, IPEndPoint endPoint)
    {
        bool isUdp = protocol == SipListenProtocol.Udp;
        try
        {
            using var socket = new Socket(
                endPoint.AddressFamily, isUdp ? SocketType.Dgram : SocketType.Stream, isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
            socket.ExclusiveAddressUse = isUdp; // a TCP port may rest in TIME-WAIT after a stop; that is no reason to complain
            socket.Bind(endPoint);
            if (!isUdp)
                socket.Listen(1);
            return null;
        }
        catch (SocketException e)
        {
            return e.Message;
        }
    }

    internal static string? TryWriteBeside(string path)
    {
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            while (folder is not null && !Directory.Exists(folder))
                folder = Path.GetDirectoryName(folder);
            if (folder is null)
                return "no folder of it exists";
            string trial = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(trial, [0]);
            File.Delete(trial);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
