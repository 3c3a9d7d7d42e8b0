using System.CommandLine;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;
using Avatar2D.Sip.Messages;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>call</c>: the test phone dials an address.</summary>
internal sealed class CallVerb : IVerb
{
    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var target = new Argument<string>("SIP-URI") { Description = "Whom to call, sip:USER@HOST[:PORT][;transport=tcp]" };
        var wav = new Option<string?>("--wav") { Description = "What to speak", HelpName = "FILE" };
        Option<string> codec = PhoneOptions.Codec();
        var accept = new Option<bool>("--accept-video") { Description = "Take the picture that is offered (default)" };
        var refuse = new Option<bool>("--refuse-video") { Description = "Answer m=video with port 0" };
        var seconds = new Option<string?>("--seconds") { Description = "Length of the call (default: the speech and one second)", HelpName = "N" };
        Option<string> srtp = PhoneOptions.Choice("--srtp", "Encrypts the media: keys in SDP, or by a DTLS handshake", "off", "required", "dtls");
        var recording = new Option<string?>("--out") { Description = "MP4 of what was heard and seen", HelpName = "FILE.mp4" };
        var from = new Option<string?>("--from") { Description = "Who says to call (default: sip:phone@ our address)", HelpName = "SIP-URI" };
        var asserted = new Option<string?>("--asserted") { Description = "P-Asserted-Identity, as a trusted PBX adds it", HelpName = "SIP-URI" };
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("call", "A test phone: dials, speaks a WAV, takes the picture, records, reports.")
        {
            target, wav, codec, accept, refuse, srtp, from, asserted, seconds, recording, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.UnmatchedTokens.Count > 0)
                throw new UsageException($"{parsed.UnmatchedTokens[0]} is no option of call");
            if (parsed.GetValue(accept) && parsed.GetValue(refuse))
                throw new UsageException("--accept-video and --refuse-video exclude each other");
            SipUri uri = PhoneOptions.TargetOf(parsed.GetValue(target)!); // Required.
            var options = new TestPhoneOptions
            {
                Codec = PhoneOptions.CodecOf(parsed.GetValue(codec)!), // Has a default.
                AcceptVideo = !parsed.GetValue(refuse),
                Srtp = parsed.GetValue(srtp) == "required" ? SrtpMode.Required : SrtpMode.Off,
                Dtls = parsed.GetValue(srtp) == "dtls",
                SpeechPath = parsed.GetValue(wav),
                Duration = PhoneOptions.SecondsOf(parsed.GetValue(seconds)),
                From = PhoneOptions.IdentityOf("--from", parsed.GetValue(from)),
                Asserted = PhoneOptions.IdentityOf("--asserted", parsed.GetValue(asserted)),
                RecordingPath = parsed.GetValue(recording),
            };
            if (options.RecordingPath is { } path)
                OutputPlace.RequireFile("--out", path);
            CallReport report = await PhoneOptions.CallAsync(options, uri, cancellationToken);
            await ReportWriter.WriteAsync(output, report, parsed.GetValue(json));
            return report.SipStatus == 200 ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }
}
