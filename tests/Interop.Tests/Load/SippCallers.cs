using System.Globalization;
using System.Net;
using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Load;

/// <summary>A SIPp process that places many calls by one scenario of the folder beside this file.</summary>
internal static class SippCallers
{
    /// <summary>More than any run needs; it only ends a run that hangs.</summary>
    private const int LimitSeconds = 240;

    /// <summary>Starts the calls.</summary>
    /// <param name="scenario">File name without extension.</param>
    /// <param name="gateway">Whom to call.</param>
    /// <param name="calls">How many in all.</param>
    /// <param name="perSecond">How many begin in a second.</param>
    /// <param name="holdMs">How long each stays up.</param>
    /// <param name="videoPort">Where pictures go.</param>
    /// <param name="user">Whom to call.</param>
    /// <param name="password">What the caller alice says when she is asked.</param>
    /// <param name="atOnce">Bound on the calls at one time; null: all of them.</param>
    public static ExternalProcess Start(string scenario, IPEndPoint gateway, int calls, int perSecond, int holdMs, int videoPort = 9, int? atOnce = null,
        string user = "avatar", string password = "none")
    {
        string path = InstallationFiles.Find($"tests/Interop.Tests/Load/scenarios/{scenario}.xml")
            ?? throw new FileNotFoundException($"The scenario {scenario} is part of the checkout.");
        int sip = FreePorts.One();
        int media = FreePorts.Range(4); // SIPp echoes on this port and the second after it.
        return ExternalProcess.Start(Tool.Sipp,
        [
            gateway.ToString(), "-sf", path, "-s", user, "-au", "alice", "-ap", password, "-i", "127.0.0.1", "-p", Text(sip),
            "-mi", "127.0.0.1", "-mp", Text(media), "-rtp_echo", "-key", "vport", Text(videoPort),
            "-m", Text(calls), "-l", Text(atOnce ?? calls), "-r", Text(perSecond), "-d", Text(holdMs),
            "-nostdin", "-timeout", $"{LimitSeconds}s", "-timeout_error",
        ]);
    }

    /// <summary>Waits for the end; every call must have gone by the scenario.</summary>
    public static async Task AllGoodAsync(this ExternalProcess sipp)
    {
        int status = await sipp.EndedAsync(TimeSpan.FromSeconds(LimitSeconds + 30));
        Assert.True(status == 0, sipp.Report);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
