using System.Collections.Immutable;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Tests.Calls.Machine;

/// <summary>A call machine with its last actions, and the descriptions of a simple peer.</summary>
internal sealed class CallDriver
{
    public const string AudioOffer =
        "v=0\r\no=peer 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" +
        "m=audio 30000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n";

    public const string UnknownCodecOffer =
        "v=0\r\no=peer 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 4\r\n";

    public static readonly TimeSpan AddDelay = TimeSpan.FromMilliseconds(150);
    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(60);

    public CallDriver(TimeSpan answerDelay = default, TimeSpan? maxDuration = null, Func<CallPlan, CallPlan>? change = null) => State = CallState.Start(
        (change ?? (plan => plan))(new CallPlan
        {
            AnswerDelay = answerDelay,
            MaxDuration = maxDuration,
            Capabilities = SdpCapabilities.Default,
            Audio = new LocalMedia { Kind = MediaKind.Audio, Address = "192.0.2.9", Port = 20_000 },
            Video = new LocalMedia { Kind = MediaKind.Video, Address = "192.0.2.9", Port = 20_002, Direction = MediaDirection.SendOnly },
            AddPictureDelay = AddDelay,
            RetryAfterRefusal = RetryDelay,
            SetupTimeout = TimeSpan.FromSeconds(60),
        }),
        sessionId: 7);

    public CallState State { get; private set; }

    public ImmutableArray<CallAction> Last { get; private set; } = [];

    public static SipBody Body(string text) => SipBody.Sdp(text);

    public static string VideoOffer(string direction, int version, int port = 40_000) =>
        $"v=0\r\no=peer 1 {version} IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" +
        $"m=audio 30000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na={direction}\r\n" +
        $"m=video {port} RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=42801f;packetization-mode=1\r\na={direction}\r\n";

    public static string VideoAnswer(int port, string direction, int version = 2) =>
        $"v=0\r\no=peer 1 {version} IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" +
        $"m=audio 30000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n" +
        $"m=video {port} RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 profile-level-id=42e01f;packetization-mode=1\r\na={direction}\r\n";

    public static void RunRandom(int seed, int steps)
    {
        var random = new Random(seed);
        var call = new CallDriver();
        int lines = 0;
        int version = 1;
        for (int i = 0; i < steps; i++)
        {
            call.Apply(RandomInput(random, ++version, lines));
            if (call.State.Sdp.Local is not { } inForce)
                continue;
            Assert.True(inForce.Media.Length >= lines, $"seed {seed}, step {i}: a media line was removed");
            lines = inForce.Media.Length;
        }
    }

    public void Signal(SipSessionEvent signal) => Apply(new CallInput.Signal(signal));

    public void Fire(CallTimer timer) => Apply(new CallInput.TimerFired(timer));

    public void Apply(CallInput input) => (State, Last) = CallMachine.Next(State, input);

    public T Single<T>()
        where T : CallAction => Assert.Single(All<T>());

    public IEnumerable<T> All<T>()
        where T : CallAction => Last.OfType<T>();

    /// <summary>Up to our re-INVITE with the picture.</summary>
    public void ToAsked()
    {
        Signal(new SipSessionEvent.IncomingInvite(Body(AudioOffer)));
        Signal(new SipSessionEvent.AckReceived(null));
        Fire(CallTimer.Picture);
        Single<CallAction.SendReinvite>();
    }

    /// <summary>Up to an accepted picture.</summary>
    public void ToUp()
    {
        ToAsked();
        Signal(new SipSessionEvent.ReinviteAnswered(Body(VideoAnswer(40_000, "recvonly"))));
        Assert.Equal(PicturePhase.Up, State.Picture);
    }

    private static CallInput RandomInput(Random random, int version, int lines)
    {
        SipBody? body = random.Next(7) switch
        {
            // A peer must not drop lines either (RFC 3264 §8).
            0 when lines < 2 => Body(AudioOffer),
            1 => Body(VideoOffer("sendrecv", version)),
            2 => Body(VideoOffer("inactive", version)),
            3 => Body(VideoOffer("sendonly", version, port: 0)),
            4 => Body(VideoAnswer(random.Next(2) * 40_000, "recvonly", version)),
            5 => Body("garbage"),
            _ => null,
        };
        return random.Next(15) switch
        {
            0 or 1 => new CallInput.Signal(new SipSessionEvent.IncomingInvite(body)),
            2 or 3 => new CallInput.Signal(new SipSessionEvent.AckReceived(body)),
            4 => new CallInput.Signal(new SipSessionEvent.ReinviteReceived(body, random.Next(2) == 0)),
            5 => new CallInput.Signal(new SipSessionEvent.ReinviteAnswered(body)),
            6 => new CallInput.Signal(new SipSessionEvent.ReinviteRefused(400 + random.Next(200), null, random.Next(2) == 0)),
            7 => new CallInput.Signal(new SipSessionEvent.ReinviteRetryDue()),
            8 => new CallInput.TimerFired(CallTimer.Picture),
            9 => random.Next(2) == 0 ? new CallInput.AudioSilent() : new CallInput.PictureSwitched(random.Next(2) == 0),
            11 => new CallInput.Signal(new SipSessionEvent.EarlyAnswered(body)),
            12 => new CallInput.Signal(new SipSessionEvent.UpdateAnswered(body)),
            13 => new CallInput.Signal(new SipSessionEvent.UpdateRefused(500, null)),
            10 => random.Next(8) == 0 ? new CallInput.PictureFailed() : new CallInput.Signal(new SipSessionEvent.ReinviteCanceled()),
            _ => random.Next(20) == 0 ? new CallInput.End(CallEndReason.Shutdown) : new CallInput.TimerFired(CallTimer.Picture),
        };
    }
}
