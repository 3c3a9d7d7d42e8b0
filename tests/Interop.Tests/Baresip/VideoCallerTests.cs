using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Baresip;

/// <summary>baresip as a video phone: it offers video from the start, holds, resumes, and changes the direction of its video.</summary>
public sealed class VideoCallerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_WithVideoFromTheStart_GetsThePictureInTheAnswer(bool hasCamera)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var relay = new SipRelay(gateway.Udp, stripVideo: false);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { HasCamera = hasCamera });
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone);
        await PictureChecks.AssertSeesAsync(phone, gateway);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);

        Assert.Contains("m=video", relay.Messages.First(message => message.FromGateway && message.IsResponse(200, "INVITE")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(relay.Messages, message => message.IsReinvite);
        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        Assert.Equal(CallEndReason.RemoteHangup, record.EndReason);
        Assert.Equal("H264", record.VideoCodec);
        Assert.Empty(gateway.Log.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hold_AndResume_ThePictureRestsAndComesBack(bool stripVideo)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var relay = new SipRelay(gateway.Udp, stripVideo);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions());
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone);

        await phone.CommandAsync("hold");
        await relay.SeenAsync(message => IsAnswerTo(message, relay, 1), "the answer to baresip's hold");
        await RestsAsync(gateway, relay);

        int idrs = relay.Video.IdrPictures;
        await phone.CommandAsync("resume");
        await relay.SeenAsync(message => IsAnswerTo(message, relay, 2), "the answer to baresip's resume");
        await Until.TrueAsync(() => relay.Video.IdrPictures > idrs, "the picture to begin again with an IDR", () => $"{relay.Report}\n{gateway.Log.Text}");
        await PictureChecks.AssertSeesAsync(phone, gateway);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Equal(CallEndReason.RemoteHangup, Assert.Single(await gateway.RecordsAsync()).EndReason);
        Assert.Empty(gateway.Log.Errors);
    }

    [Fact]
    public async Task VideoDirection_ChangedByReinvites_IsFollowed()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await using var relay = new SipRelay(gateway.Udp, stripVideo: true);
        await using BaresipPhone phone = await BaresipPhone.StartAsync(new BaresipOptions { HasCamera = true });
        await phone.DialAsync($"sip:avatar@{relay.EndPoint}");
        await PictureChecks.FlowsAsync(gateway, relay, phone);

        int reinvites = 0;
        foreach ((string direction, bool flows) in new[] { ("inactive", false), ("recvonly", true), ("sendonly", false), ("sendrecv", true) })
        {
            int idrs = relay.Video.IdrPictures;
            await phone.CommandAsync("video_dir", direction);
            int number = ++reinvites;
            await relay.SeenAsync(message => IsAnswerTo(message, relay, number), $"the answer to baresip's {direction}");
            if (flows)
                await Until.TrueAsync(() => relay.Video.IdrPictures > idrs, $"the picture after {direction}", () => relay.Report);
            else
                await RestsAsync(gateway, relay);
        }

        await PictureChecks.AssertSeesAsync(phone, gateway);
        Assert.Equal(PicturePhase.Up, gateway.Call.Picture);
        await phone.HangUpAsync();
        await gateway.CallsAsync(0);
        Assert.Empty(gateway.Log.Errors);
    }

    /// <summary>The gateway's 200 to baresip's re-INVITE of a number, 1 the first.</summary>
    private static bool IsAnswerTo(RelayedMessage message, SipRelay relay, int number)
    {
        RelayedMessage? reinvite = relay.Messages.Where(request => !request.FromGateway && request.IsReinvite)
            .DistinctBy(request => request.Header("CSeq")).ElementAtOrDefault(number - 1);
        return reinvite is not null && message.FromGateway && message.IsResponse(200, "INVITE") && message.Header("CSeq") == reinvite.Header("CSeq");
    }

    /// <summary>The picture rests: a second without a packet comes, while the call lives.</summary>
    private static async Task RestsAsync(GatewayUnderTest gateway, SipRelay relay)
    {
        TimeProvider time = TimeProvider.System;
        int packets = -1;
        long since = time.GetTimestamp();
        await Until.TrueAsync(
            () =>
            {
                int now = relay.Video.Rtp.Count();
                if (now != packets)
                    (packets, since) = (now, time.GetTimestamp());
                return time.GetElapsedTime(since) > TimeSpan.FromSeconds(1);
            },
            "a second without pictures",
            () => $"{relay.Report}\n{gateway.Log.Text}");
        Assert.Equal(1, gateway.Host.Calls.Count);
    }
}
