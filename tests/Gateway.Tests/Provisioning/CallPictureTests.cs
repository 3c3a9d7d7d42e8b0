using System.Net;
using System.Text.Json;
using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Machine;
using Avatar2D.Gateway.Tests.Hosting;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Sessions;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>Real SIP calls against a gateway with subscribers: who sees which face, and how a picture goes off.</summary>
public sealed class CallPictureTests
{
    [Fact]
    public async Task Call_IdentityAsserted_CarriesTheAvatarOfThatSubscriber()
    {
        (string Asserted, string Avatar)[] cases =
        [
            ("<sip:ana@example.com>", "kiko"), ("<sip:+4930555@ims.example.net;user=phone>", "jonas"), ("<tel:+49-30-555>", "jonas"),
            ("<sip:nobody@example.com>", "maya"),
        ];
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        await PickAsync(client, "sip:ana@example.com", "kiko");
        await PickAsync(client, "tel:+4930555", "jonas");
        foreach ((string asserted, string avatar) in cases)
        {
            await using SilentPeer peer = await CallAsync(rig, "x", asserted);
            Assert.Equal(avatar, Assert.Single(rig.Gateway.Calls.Calls).Shown.Avatar);
            peer.Session!.Hangup();
            await rig.Gateway.Calls.WhenAllEndedAsync().WaitAsync(ApiRig.Patience);
        }
    }

    [Fact]
    public async Task Call_FromForged_GetsNeitherFace()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        string ana = await PickAsync(await rig.ClientAsync(), "sip:ana@127.0.0.1", "kiko");
        await using SilentPeer forger = await CallAsync(rig, "ana", asserted: null);
        CallerPicture shown = Assert.Single(rig.Gateway.Calls.Calls).Shown;

        Assert.Equal("maya", shown.Avatar);
        Assert.NotEqual(ana, shown.SubscriberId);
    }

    [Fact]
    public async Task Call_AssertedByAStranger_GetsNeitherFace()
    {
        await using ApiRig rig = await ApiRig.StartAsync(o => o with { Sip = o.Sip with { TrustedPeers = ["192.0.2.0/24"] } });
        await PickAsync(await rig.ClientAsync(), "sip:ana@example.com", "kiko");
        await using SilentPeer forger = await CallAsync(rig, "x", "<sip:ana@example.com>");

        Assert.Equal("maya", Assert.Single(rig.Gateway.Calls.Calls).Shown.Avatar);
    }

    [Fact]
    public async Task Call_VideoSwitchedOffForSubscriber_VoiceOnly()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        string ana = await PickAsync(client, "sip:ana@example.com", "kiko");
        await client.SendAsync(HttpMethod.Patch, $"/v1/subscribers/{ana}", HttpStatusCode.OK, """{"videoEnabled":false}""");
        await using SilentPeer peer = await CallAsync(rig, "x", "<sip:ana@example.com>");

        Assert.Null(Assert.Single(rig.Gateway.Calls.Calls).Shown.Avatar);
    }

    [Theory]
    [InlineData("consent")]
    [InlineData("avatar")]
    [InlineData("subscriber")]
    public async Task Call_RightToTheFaceEnds_PictureTakenOffAtOnceAndVoiceStays(string what)
    {
        await using ApiRig rig = await ApiRig.StartAsync(
            registrar: new ScriptedRegistrar(), services: services => ConsentedCatalog.Replace(services));
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        JsonElement avatar = await client.UploadAsync(id, TestMedia.Mp4Head);
        await client.JobOverAsync(avatar.Text("jobId"));
        string place = $"/v1/subscribers/{id}/avatars/{avatar.Text("id")}";
        JsonElement consent = await client.SendAsync(HttpMethod.Post, $"{place}/consents", HttpStatusCode.Created, """{"person":"Ana","textVersion":"1"}""");
        await client.SendAsync(HttpMethod.Post, $"{place}/activate", HttpStatusCode.OK);
        await using var peer = new SilentPeer();
        await peer.CallAsync(rig.Gateway.SipEndPoints[0], SilentPeer.VideoOffer, "x", new SipHeader("P-Asserted-Identity", "<sip:ana@example.com>"));
        await peer.WaitForAsync<SipSessionEvent.Answered>();
        CallSession call = Assert.Single(rig.Gateway.Calls.Calls);
        Assert.Equal(avatar.Text("id"), call.Shown.Avatar);
        await UntilAsync(() => call.Picture == PicturePhase.Up);

        await (what switch
        {
            "consent" => client.SendAsync(HttpMethod.Post, $"/v1/consents/{consent.Text("id")}/withdraw", HttpStatusCode.OK),
            "avatar" => client.SendAsync(HttpMethod.Delete, place, HttpStatusCode.NoContent),
            _ => client.SendAsync(HttpMethod.Delete, $"/v1/subscribers/{id}", HttpStatusCode.OK),
        });
        SipSessionEvent.ReinviteReceived removal = await peer.WaitForAsync<SipSessionEvent.ReinviteReceived>();

        Assert.Contains("m=video 0 ", System.Text.Encoding.ASCII.GetString(removal.Body!.Content.Span), StringComparison.Ordinal);
        Assert.Equal(PicturePhase.Off, call.Picture);
        Assert.Equal(1, rig.Gateway.Calls.Count);
        string name = Uri.EscapeDataString(call.CallId);
        if (what != "subscriber")
            Assert.Equal("consent_missing", (await client.SendAsync(HttpMethod.Post, $"/v1/calls/{name}/picture", HttpStatusCode.Conflict, """{"on":true}""")).Text("code"));
    }

    [Fact]
    public async Task Calls_ByApi_SeenSwitchedAndEnded()
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        string ana = await PickAsync(client, "sip:ana@example.com", "kiko");
        await using SilentPeer peer = await CallAsync(rig, "x", "<sip:ana@example.com>");
        JsonElement call = Assert.Single((await client.GetJsonAsync("/v1/calls")).GetProperty("items").EnumerateArray());
        string name = Uri.EscapeDataString(call.Text("callId"));

        Assert.Equal((ana, "kiko"), (call.Text("subscriberId"), call.Text("avatar")));
        Assert.Equal(1, (await client.GetJsonAsync("/v1/load")).GetProperty("calls").GetInt32());
        Assert.Equal("image/png", (await client.GetAsync(HttpExtensions.At($"/v1/calls/{name}/snapshot"))).Content.Headers.ContentType?.MediaType);
        string other = await PickAsync(client, "sip:ben@example.com", "jonas");
        JsonElement jonas = Assert.Single((await client.GetJsonAsync($"/v1/subscribers/{other}/avatars")).GetProperty("items").EnumerateArray());
        foreach ((string body, HttpStatusCode status, string code) in new[]
        {
            ($$"""{"avatarId":"{{jonas.Text("id")}}"}""", HttpStatusCode.NotFound, "not_found"), // Somebody else's.
            ("""{"gallery":"nobody"}""", HttpStatusCode.NotFound, "not_found"), ("{}", HttpStatusCode.UnprocessableEntity, "invalid_value"),
        })
        {
            Assert.Equal(code, (await client.SendAsync(HttpMethod.Post, $"/v1/calls/{name}/avatar", status, body)).Text("code"));
        }

        await client.SendAsync(HttpMethod.Post, $"/v1/calls/{name}/avatar", HttpStatusCode.Accepted, """{"gallery":"maya"}""");
        Assert.Equal("maya", (await client.GetJsonAsync($"/v1/calls/{name}")).Text("avatar"));
        await client.SendAsync(HttpMethod.Post, $"/v1/calls/{name}/picture", HttpStatusCode.Accepted, """{"on":false}""");
        await UntilAsync(() => rig.Gateway.Calls.Calls.Single().Picture == PicturePhase.Off);
        await client.SendAsync(HttpMethod.Delete, $"/v1/calls/{name}", HttpStatusCode.Accepted);
        await peer.WaitForAsync<SipSessionEvent.Terminated>();
        await rig.Gateway.Calls.WhenAllEndedAsync().WaitAsync(ApiRig.Patience);
        await client.SendAsync(HttpMethod.Get, $"/v1/calls/{name}", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("id", "maya")]
    [InlineData("none", "kiko")]
    public async Task Call_SubscriberWithPrivacy_ShowsNoFaceOfTheirOwn(string privacy, string shown)
    {
        await using ApiRig rig = await ApiRig.StartAsync();
        HttpClient client = await rig.ClientAsync();
        string ana = await PickAsync(client, "sip:ana@example.com", "kiko");
        await using SilentPeer peer = await CallAsync(rig, "anonymous", "<sip:ana@example.com>", privacy);
        JsonElement call = Assert.Single((await client.GetJsonAsync("/v1/calls")).GetProperty("items").EnumerateArray());
        Assert.Equal((ana, shown), (call.Text("subscriberId"), call.Text("avatar")));
    }

    private static async Task<SilentPeer> CallAsync(ApiRig rig, string user, string? asserted, string privacy = "none")
    {
        var peer = new SilentPeer();
        SipHeader[] headers = asserted is null ? [] : [new SipHeader("P-Asserted-Identity", asserted), new SipHeader("Privacy", privacy)];
        await peer.CallAsync(rig.Gateway.SipEndPoints[0], SilentPeer.AudioOffer, user, headers);
        await peer.WaitForAsync<SipSessionEvent.Answered>();
        return peer;
    }

    private static async Task<string> PickAsync(HttpClient client, string identity, string character)
    {
        string id = await client.SubscriberAsync(identity);
        JsonElement avatar = await client.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/avatars", HttpStatusCode.Created, $$"""{"gallery":"{{character}}"}""");
        await client.SendAsync(HttpMethod.Post, $"/v1/subscribers/{id}/avatars/{avatar.Text("id")}/activate", HttpStatusCode.OK);
        return id;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(ApiRig.Patience);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, bound.Token);
    }
}
