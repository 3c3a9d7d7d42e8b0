using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Fuzzing;

/// <summary>SDP as offer and as answer, down to keys and picture format.</summary>
internal static class SdpFuzz
{
    public static FuzzCheck Open()
    {
        var options = new GatewayOptions();
        CallPlan plan = new CallPlanner(options, new Random(1)).Make("192.0.2.1", 20_000, 20_002);
        LocalMedia[] lines = [plan.Audio, plan.Video!]; // Made with video.
        var start = OfferAnswerState.Start(1, "192.0.2.1");
        return input =>
        {
            if (!SdpSession.TryParse(input, out SdpSession? session, out _) || session is null)
                return false;
            if (SdpSession.TryParse(session.ToString(), out SdpSession? again, out _) && again!.ToString() != session.ToString())
                throw new InvalidDataException("What was taken changes when it is written.");
            OfferAnswerState state = start;
            if (OfferAnswer.TryCreateAnswer(state, session, plan.Capabilities, [.. lines], out AnswerResult? answer, out _) && answer is not null)
            {
                Use(answer.Negotiated, options);
                state = answer.State;
            }

            OfferResult offer = OfferAnswer.CreateOffer(state, plan.Capabilities, [.. lines]);
            if (OfferAnswer.TryProcessAnswer(offer.State, session, plan.Capabilities, out AnsweredOffer? answered, out _) && answered is not null)
                Use(answered.Negotiated, options);
            return true;
        };
    }

    private static void Use(NegotiatedSession negotiated, GatewayOptions options)
    {
        foreach (NegotiatedMedia line in negotiated.Media.Where(line => line.Accepted))
        {
            _ = SrtpSetup.KeysOf(line);
            _ = line.ChangesSince(line);
            _ = line.RemoteRtp?.ToIPEndPoint();
            if (line.Kind != MediaKind.Video)
                continue;
            VideoFormat format = VideoSetup.FormatOf(line, options.Video);
            if (format is not { Width: > 0, Height: > 0, FrameRate: >= 1, BitrateBps: > 0 })
                throw new InvalidDataException($"No picture can be {format}.");
        }
    }
}
