using Avatar2D.Gateway.Diagnostics;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>Refusals of the picture by the caller, and of requests by the gateway.</summary>
internal static class RefusalCases
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<SippCase> Rows { get; } =
    [
        new("port-zero", "port-zero", "remote_hangup", call => call.AssertVoiceOnly()),
        new("port-zero-tcp", "port-zero", "remote_hangup", call => call.AssertVoiceOnly()) { Tcp = true },
        Refused(488),
        Refused(415),
        Refused(606),
        Refused(603),
        new SippCase("late-offer-unanswered", "late-offer-unanswered", "bad_offer", _ => { }).With("body", "none"),
        new SippCase("late-offer-unknown-codec", "late-offer-unanswered", "no_common_codec", _ => { }).With("body", "unknown-codec"),
        new("options", "options", null, _ => { }),
        new("options-tcp", "options", null, _ => { }) { Tcp = true },
        RefusedRequest("REGISTER", 405),
        RefusedRequest("FLY", 501),
        RefusedRequest("BYE", 481),
        RefusedRequest("PRACK", 481),
        RefusedRequest("UPDATE", 481),
        RefusedInvite("no-common-codec", 488, "no_common_codec").With("body", "unknown-codec"),
        RefusedInvite("amr-interleaved", 488, "no_common_codec").With("body", "amr-interleaved"),
        RefusedInvite("not-sdp", 415, null).With("body", "not-sdp"),
        RefusedInvite("unknown-extension", 420, null).With("extra", "Require: wings"),
    ];

    private static SippCase Refused(int status) =>
        new SippCase($"refuse-{status}", "refuse", "remote_hangup", call =>
        {
            call.AssertVoiceOnly();
            Assert.Equal(CdrNoPicture.Refused, call.Record.NoPictureReason);
        }).With("status", $"{status}");

    private static SippCase RefusedRequest(string method, int status) =>
        new SippCase($"refused-{method}", "refused-request", null, _ => { }).With("method", method).With("status", $"{status}");

    private static SippCase RefusedInvite(string name, int status, string? endReason) =>
        new SippCase(name, "refused-invite", endReason, _ => { }).With("status", $"{status}");
}
