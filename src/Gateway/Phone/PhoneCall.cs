using System.Collections.Immutable;
using System.Net;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Options;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Sip.Dialogs;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Phone;

/// <summary>The signalling side of the test phone's one call: answers what comes, notes when it came.</summary>
internal sealed class PhoneCall
{
    private readonly TestPhoneOptions _options;
    private readonly PhoneMedia _media;
    private readonly RtcpClock _clock;
    private readonly SdpCapabilities _capabilities;
    private OfferAnswerState _sdp;
    private bool _isHeld;
    private bool _hasPicture = true;
    private int _status;
    private long? _ack;
    private long? _reinvite;
    private long? _reinviteAck;
    private string _endReason = CallEndReason.InternalError.Info().Tag;

    /// <summary>Makes the call's state.</summary>
    public PhoneCall(TestPhoneOptions options, PhoneMedia media, RtcpClock clock, IPAddress local)
    {
        _options = options;
        _media = media;
        _clock = clock;
        _capabilities = SdpCapabilities.Default with
        {
            Audio = AudioFormats.Of([options.Codec]),
            Video = [.. options.VideoCodecs.SelectMany(codec => VideoFormats(codec))],
            VideoOrientation = true,
            RequireSrtp = options.Dtls || options.Srtp != SrtpMode.Off,
            OfferProtocol = options.Dtls ? RtpProfile.DtlsSavpf : options.Srtp != SrtpMode.Off ? RtpProfile.Savp : RtpProfile.Avp,
        };
        _sdp = OfferAnswerState.Start((ulong)clock.Now, local.ToString(), "phone");
    }

    /// <summary>SIP has said its last word.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Our offer: audio only, as a plain voice call.</summary>
    public SipBody Offer()
    {
        OfferResult offer = OfferAnswer.CreateOffer(_sdp, _capabilities, [_media.AudioLine]);
        _sdp = offer.State;
        return SipBody.Sdp(offer.Sdp.ToString());
    }

    /// <summary>Takes an event of the session.</summary>
    public async Task OnAsync(SipSessionEvent sipEvent, SipSession session)
    {
        switch (sipEvent)
        {
            case SipSessionEvent.Answered answered:
                _status = 200;
                _ack = _clock.Now;
                if (TryTake(answered.Body, out AnsweredOffer? taken))
                    await _media.ApplyAsync(taken.Negotiated);
                else
                    session.Hangup();
                break;
            case SipSessionEvent.Refused refused:
                _status = refused.Status;
                break;
            case SipSessionEvent.ReinviteReceived reinvite:
                long came = _clock.Now;
                if (await AnswerAsync(reinvite.Body, session))
                    _reinvite ??= came;
                break;
            case SipSessionEvent.ReinviteAnswered answered:
                if (TryTake(answered.Body, out AnsweredOffer? changed))
                    await _media.ApplyAsync(changed.Negotiated);
                break;
            case SipSessionEvent.ReinviteRefused:
                _sdp = OfferAnswer.AbandonOffer(_sdp);
                break;
            case SipSessionEvent.AckReceived when _reinvite is not null:
                _reinviteAck ??= _clock.Now;
                break;
            case SipSessionEvent.Terminated end:
                IsOver = true;
                _endReason = ReasonOf(end).Info().Tag;
                break;
        }
    }

    /// <summary>
    /// Asks by re-INVITE for a change, or for what there is already (a refresh); not while an INVITE of either side is under way.
    /// </summary>
    /// <param name="session">The call's.</param>
    /// <param name="isHeld">Hold or resume; null leaves it.</param>
    /// <param name="hasPicture">False takes the picture off for good; null leaves it.</param>
    public void Change(SipSession session, bool? isHeld, bool? hasPicture)
    {
        if (_sdp.PendingOffer is not null || _sdp.Negotiated is not { } now)
            return;
        _isHeld = isHeld ?? _isHeld;
        _hasPicture = hasPicture ?? _hasPicture;
        ImmutableArray<LocalMedia> lines = [_media.AudioLine with { Direction = _isHeld ? MediaDirection.SendOnly : MediaDirection.SendRecv }];
        if (_hasPicture && now.Video is not null)
            lines = lines.Add(_media.VideoLine with { Direction = _isHeld ? MediaDirection.Inactive : MediaDirection.RecvOnly });
        OfferResult offer = OfferAnswer.CreateOffer(_sdp, _capabilities, lines);
        _sdp = offer.State;
        if (session.SendReinvite(SipBody.Sdp(offer.Sdp.ToString())) != SipOrder.Done)
            _sdp = OfferAnswer.AbandonOffer(_sdp);
    }

    /// <summary>What came of it all.</summary>
    public CallReport Report() => _media.Fill(
        new CallReport
        {
            SipStatus = _status,
            AckToReinviteMs = Between(_ack, _reinvite),
            FirstIdrMs = Between(_reinviteAck, _media.FirstIdr),
            FramesReceived = 0,
            EndReason = _endReason,
        });

    private static bool TryParse(SipBody? body, out SdpSession? session)
    {
        session = null;
        return body is not null && SdpSession.TryParse(body.Content.Span, out session, out _) && session is not null;
    }

    private bool TryTake(SipBody? body, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AnsweredOffer? taken)
    {
        taken = null;
        if (!TryParse(body, out SdpSession? answer) || answer is null
            || !OfferAnswer.TryProcessAnswer(_sdp, answer, _capabilities, out taken, out _) || taken is null)
        {
            return false;
        }

        _sdp = taken.State;
        return true;
    }

    /// <summary>Answers a re-INVITE; true when it offers a picture, whether it is taken or not. A refresh or a hold is not what is timed.</summary>
    private async Task<bool> AnswerAsync(SipBody? body, SipSession session)
    {
        ImmutableArray<LocalMedia> lines = _options.AcceptVideo && _hasPicture ? [_media.AudioLine, _media.VideoLine] : [_media.AudioLine];
        if (!TryParse(body, out SdpSession? offer) || offer is null
            || !OfferAnswer.TryCreateAnswer(_sdp, offer, _capabilities, lines, out AnswerResult? answer, out _) || answer is null)
        {
            session.RejectReinvite(488);
            return false;
        }

        _sdp = answer.State;
        await _media.ApplyAsync(answer.Negotiated); // First the ear, then the answer: the picture may come at once.
        session.AnswerReinvite(SipBody.Sdp(answer.Sdp.ToString()));
        return offer.Media.Any(line => line.Media == "video" && line.Port != 0);
    }

    private double? Between(long? from, long? to) =>
        from is { } start && to is { } end ? (end - start) * 1000.0 / _clock.TimestampFrequency : null;

    private static CallEndReason ReasonOf(SipSessionEvent.Terminated end) => end.Cause switch
    {
        SipEndCause.RemoteBye => CallEndReason.RemoteHangup,
        SipEndCause.LocalBye => CallEndReason.LocalHangup,
        SipEndCause.RemoteReject => CallEndReasons.FromStatus(end.Status),
        SipEndCause.LocalCancel => CallEndReason.NoAnswer,
        SipEndCause.Transport => CallEndReason.TransportFailure,
        SipEndCause.Timeout => CallEndReason.NoAnswer,
        _ => CallEndReason.DialogLost,
    };

    private static ImmutableArray<PayloadFormat> VideoFormats(VideoCodecChoice codec) => codec == VideoCodecChoice.H265
        ? [Codec.H265()]
        : [.. SdpCapabilities.Default.Video.Where(format => format.Kind == CodecKind.H264)];
}
