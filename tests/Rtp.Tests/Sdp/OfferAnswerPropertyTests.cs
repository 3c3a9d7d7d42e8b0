using System.Collections.Immutable;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Rtp.Tests.Sdp;

/// <summary>
/// Two of our own state values talk to each other in random order: offers from either side, refusals, refreshes, holds,
/// lines that come and go. After every step the laws of RFC 3264 hold on both sides.
/// </summary>
public class OfferAnswerPropertyTests
{
    private static readonly MediaDirection[] Directions = [MediaDirection.SendRecv, MediaDirection.SendOnly, MediaDirection.RecvOnly, MediaDirection.Inactive];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void RandomExchanges_AnyOrder_KeepTheLaws(int seed)
    {
        var random = new Random(seed);
        for (int session = 0; session < 40; session++)
        {
            var left = new Side(Capabilities(random), "10.0.0.1", 1);
            var right = new Side(Capabilities(random), "10.0.0.2", 2);
            for (int step = 0; step < 20; step++)
            {
                (Side from, Side to) = random.Next(2) == 0 ? (left, right) : (right, left);
                Exchange(from, to, random);
            }
        }
    }

    private static void Exchange(Side from, Side to, Random random)
    {
        bool refresh = from.State.Local is not null && random.Next(5) == 0;
        OfferResult offer = refresh
            ? OfferAnswer.CreateRefresh(from.State)
            : OfferAnswer.CreateOffer(from.State, from.Capabilities, Wanted(from.Address, random));
        from.Sent(offer.Sdp);
        from.State = offer.State;
        if (random.Next(6) == 0)
        {
            from.State = OfferAnswer.AbandonOffer(from.State);
            return;
        }

        ImmutableArray<LocalMedia> wanted = random.Next(8) == 0 ? [] : Wanted(to.Address, random);
        if (!OfferAnswer.TryCreateAnswer(to.State, SdpSamples.Parse(offer.Sdp.ToString()), to.Capabilities, wanted, out AnswerResult? answer, out OfferAnswerError error))
        {
            Assert.Equal(OfferAnswerError.NothingAcceptable, error);
            from.State = OfferAnswer.AbandonOffer(from.State);
            return;
        }

        to.Sent(answer!.Sdp);
        to.State = answer.State;
        Assert.True(OfferAnswer.TryProcessAnswer(
            from.State, SdpSamples.Parse(answer.Sdp.ToString()), from.Capabilities, out AnsweredOffer? done, out error), error.ToString());
        from.State = done!.State;
        Agree(done.Negotiated, answer.Negotiated);
        AnswerResult again = Negotiated(to, offer.Sdp, wanted);
        Assert.Equal(answer.Sdp, again.Sdp);
        Assert.True(again.Negotiated.IsSameAs(answer.Negotiated));
    }

    private static AnswerResult Negotiated(Side side, SdpSession offer, ImmutableArray<LocalMedia> wanted)
    {
        Assert.True(OfferAnswer.TryCreateAnswer(side.State, offer, side.Capabilities, wanted, out AnswerResult? result, out _));
        return result!;
    }

    /// <summary>Both ends see the same session.</summary>
    private static void Agree(NegotiatedSession offerer, NegotiatedSession answerer)
    {
        Assert.Equal(offerer.Media.Length, answerer.Media.Length);
        foreach ((NegotiatedMedia a, NegotiatedMedia b) in offerer.Media.Zip(answerer.Media))
        {
            Assert.Equal(a.Accepted, b.Accepted);
            Assert.Equal(a.Kind, b.Kind);
            if (a.Accepted)
            {
                Assert.Equal(a.Direction, b.Direction.Reverse());
                Assert.Equal(a.Codec!.Kind, b.Codec!.Kind);
                Assert.Equal(a.Codec.SendPayloadType, b.Codec.ReceivePayloadType);
                Assert.Equal(a.Codec.ReceivePayloadType, b.Codec.SendPayloadType);
                Assert.Equal(a.Codec.PacketizationMode, b.Codec.PacketizationMode);
                Assert.Equal(a.RtcpMux, b.RtcpMux);
                Assert.Equal(a.RemoteRtp!.Port, b.Local!.Port);
                Assert.Equal(b.RemoteRtp!.Port, a.Local!.Port);
                Assert.Equal(a.Feedback, b.Feedback);
            }
        }
    }

    private static ImmutableArray<LocalMedia> Wanted(string address, Random random)
    {
        var lines = ImmutableArray.CreateBuilder<LocalMedia>();
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            lines.Add(new()
            {
                Kind = random.Next(2) == 0 ? MediaKind.Audio : MediaKind.Video,
                Address = address,
                Port = random.Next(1000, 30_000) * 2,
                Direction = Directions[random.Next(Directions.Length)],
            });
        }

        return lines.ToImmutable();
    }

    private static SdpCapabilities Capabilities(Random random)
    {
        PayloadFormat[] audio = [.. SdpCapabilities.Default.Audio, Codec.G722, Codec.ComfortNoise];
        PayloadFormat[] video = [.. SdpCapabilities.Default.Video];
        random.Shuffle(audio);
        random.Shuffle(video);
        return SdpCapabilities.Default with
        {
            Audio = [.. audio[..random.Next(2, audio.Length)].Select(format => Renumber(format, random)).DistinctBy(format => format.PayloadType)],
            Video = [.. video[..random.Next(1, video.Length)].Select(format => Renumber(format, random)).DistinctBy(format => format.PayloadType)],
            RtcpMux = random.Next(2) == 0,
            SingleCodecAnswer = random.Next(2) == 0,
        };
    }

    private static PayloadFormat Renumber(PayloadFormat format, Random random) =>
        format.IsStatic || random.Next(2) == 0 ? format : format with { PayloadType = random.Next(96, 104) };

    private sealed class Side(SdpCapabilities capabilities, string address, ulong id)
    {
        private SdpSession? _last;

        public SdpCapabilities Capabilities { get; } = capabilities;

        public string Address { get; } = address;

        public OfferAnswerState State { get; set; } = OfferAnswerState.Start(id, address);

        /// <summary>The laws for every description that a side sends.</summary>
        public void Sent(SdpSession sdp)
        {
            if (_last is not null)
            {
                ulong version = Sdp.Negotiation.Version(sdp);
                ulong before = Sdp.Negotiation.Version(_last);
                Assert.Equal(sdp == _last ? before : before + 1, version);
                Assert.Equal(_last.Origin.SessionId, sdp.Origin.SessionId);
            }

            int inForce = State.Local?.Media.Length ?? 0;
            Assert.True(sdp.Media.Length >= inForce, "A line was removed.");
            for (int i = 0; i < inForce; i++)
            {
                // A living line never changes its media; only a dead slot may take another.
                Assert.True(sdp.Media[i].Media == State.Local!.Media[i].Media || !State.Negotiated!.Media[i].Accepted, "A line was moved.");
            }

            foreach (SdpMedia line in sdp.Media.Where(line => line.Port != 0))
            {
                Assert.Equal(line.Formats.Length, line.PayloadFormats().Select(format => format.PayloadType).Distinct().Count());
                Assert.All(line.PayloadFormats(), format => Assert.NotEqual("", format.EncodingName));
            }

            PayloadTypesKeepTheirMeaning(sdp);
            _last = sdp;
        }

        private void PayloadTypesKeepTheirMeaning(SdpSession sdp)
        {
            for (int i = 0; i < Math.Min(sdp.Media.Length, State.Local?.Media.Length ?? 0); i++)
            {
                if (State.Local!.Media[i].Media == sdp.Media[i].Media && sdp.Media[i].Port != 0 && State.Local.Media[i].Port != 0)
                {
                    foreach (PayloadFormat old in State.Local.Media[i].PayloadFormats())
                    {
                        PayloadFormat? now = sdp.Media[i].PayloadFormats().FirstOrDefault(format => format.PayloadType == old.PayloadType);
                        Assert.True(now is null || now.IsSameEncoding(old), $"{old.RtpMap} became {now?.RtpMap}");
                    }
                }
            }
        }
    }
}
