using System.Globalization;
using System.Net;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Trunk;

/// <summary>
/// Kamailio as registrar and proxy over UDP: registers users who know the password by digest, and passes calls for registered
/// addresses on to them, record-routing itself.
/// </summary>
internal sealed class Kamailio : IAsyncDisposable
{
    public const string Domain = "pbx.example";
    public const string Password = "trunk-secret";

    private readonly ExternalProcess _process;
    private readonly TempFolder _folder;

    private Kamailio(ExternalProcess process, TempFolder folder, IPEndPoint address) => (_process, _folder, Address) = (process, folder, address);

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>What it has logged; of forked calls each answer.</summary>
    public string Log => _process.Report;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="algorithm">Hash of its challenges: MD5 or SHA-256.</param>
    /// <param name="forks">Where calls to the user "both" go, all at once; null: nobody has that name.</param>
    public static async Task<Kamailio> StartAsync(string algorithm, IReadOnlyList<IPEndPoint>? forks = null)
    {
        var folder = new TempFolder();
        int port = FreePorts.One();
        string file = folder.Write("kamailio.cfg", Config.Replace("PORT", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("ALGORITHM", algorithm, StringComparison.Ordinal)
            .Replace("FORK", forks is null ? "" : ForkTo(forks), StringComparison.Ordinal));
        ExternalProcess process = ExternalProcess.Start(
            Tool.Kamailio, ["-DD", "-E", "-f", file, "-Y", folder.Root, "-w", folder.Root, "-m", "32", "-M", "4"], folder.Root);
        var kamailio = new Kamailio(process, folder, new IPEndPoint(IPAddress.Loopback, port));
        await Until.TrueAsync(() => process.HasExited || !FreePorts.IsUdpFree(IPAddress.Loopback, port), "Kamailio", () => process.Report);
        Assert.False(process.HasExited, process.Report);
        return kamailio;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Interrupt();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string ForkTo(IReadOnlyList<IPEndPoint> places) =>
        $"if (is_method(\"INVITE\") && $rU == \"both\") {{ $ru = \"sip:both@{places[0]}\"; "
        + string.Concat(places.Skip(1).Select(place => $"append_branch(\"sip:both@{place}\"); ")) + "t_on_reply(\"ANSWERS\"); t_relay(); exit; }";

    private const string Config = """
        #!KAMAILIO
        debug=2
        log_stderror=yes
        children=2
        disable_tcp=yes
        listen=udp:127.0.0.1:PORT
        alias="pbx.example"
        loadmodule "tm.so"
        loadmodule "sl.so"
        loadmodule "rr.so"
        loadmodule "pv.so"
        loadmodule "corex.so"
        loadmodule "xlog.so"
        loadmodule "maxfwd.so"
        loadmodule "siputils.so"
        loadmodule "textops.so"
        loadmodule "usrloc.so"
        loadmodule "registrar.so"
        loadmodule "auth.so"
        modparam("usrloc", "db_mode", 0)
        modparam("auth", "algorithm", "ALGORITHM")
        modparam("auth", "qop", "auth")
        modparam("registrar", "max_expires", 60)

        request_route {
            if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
            if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }
            if (has_totag()) {
                if (loose_route()) { t_relay(); exit; }
                if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
                sl_send_reply("404", "Not here");
                exit;
            }
            if (is_method("REGISTER")) {
                if (!pv_www_authenticate("pbx.example", "trunk-secret", "0")) { www_challenge("pbx.example", "1"); exit; }
                if (!save("location")) sl_reply_error();
                exit;
            }
            if (is_method("INVITE")) record_route();
            FORK
            if (!lookup("location")) { sl_send_reply("480", "Not registered"); exit; }
            t_relay();
        }

        onreply_route[ANSWERS] { xlog("L_WARN", "a branch was answered $rs\n"); }
        """;
}
