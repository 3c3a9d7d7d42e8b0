using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Storage;
using Avatar2D.Gateway.Tests.Provisioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using System.Net;
using System.Text.Json;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>What the clean-up erases when its time has come, by a clock of the test.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task CleanUp_AfterTheDaysOfEach_SourceJobsAndRecordsGoAndAreAudited()
    {
        var time = new LaterTime();
        await using ApiRig rig = await ApiRig.StartAsync(
            options => options with { Retention = new() { SourceDays = 30, JobDays = 90, CdrDays = 180 } }, new ScriptedRegistrar(),
            services: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        HttpClient client = await rig.ClientAsync();
        string id = await client.SubscriberAsync();
        JsonElement avatar = await client.UploadAsync(id, TestMedia.Mp4Head);
        await client.JobOverAsync(avatar.Text("jobId"));
        string source = rig.Service<StoreFiles>().PathOf(StoreKind.Sources, avatar.Text("id"));
        string record = $$"""{"callId":"old","endTime":"{{time.GetUtcNow():O}}"}""" + "\n";
        await File.WriteAllTextAsync(rig.Options.Cdr.Path, record);
        StoreKeeper keeper = rig.Service<StoreKeeper>();

        time.Days = 29;
        await keeper.CleanUpAsync(CancellationToken.None);
        Assert.True(File.Exists(source));
        time.Days = 31;
        await keeper.CleanUpAsync(CancellationToken.None);
        Assert.False(File.Exists(source));
        await client.GetJsonAsync($"/v1/jobs/{avatar.Text("jobId")}");
        time.Days = 91;
        await keeper.CleanUpAsync(CancellationToken.None);
        Assert.Equal("not_found", (await client.SendAsync(HttpMethod.Get, $"/v1/jobs/{avatar.Text("jobId")}", HttpStatusCode.NotFound)).Text("code"));
        Assert.Equal(record, await File.ReadAllTextAsync(rig.Options.Cdr.Path));
        time.Days = 182;
        await keeper.CleanUpAsync(CancellationToken.None);
        Assert.Equal("", await File.ReadAllTextAsync(rig.Options.Cdr.Path));

        string[] actions = [.. (await client.GetJsonAsync("/v1/audit")).GetProperty("items").EnumerateArray().Select(e => e.Text("action"))];
        Assert.Single(actions, "avatar.source.expire");
        Assert.Single(actions, "cdr.expire");
    }

    [Fact]
    public async Task CleanUp_ScratchOfJobs_OnlyThatOfOpenOnesStays()
    {
        var time = new LaterTime();
        await using ApiRig rig = await ApiRig.StartAsync(
            options => options with { Jobs = new() { Workers = 0 } }, services: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));
        HttpClient client = await rig.ClientAsync();
        JsonElement avatar = await client.UploadAsync(await client.SubscriberAsync(), TestMedia.Mp4Head);
        StoreFiles files = rig.Service<StoreFiles>();
        string open = files.Work(avatar.Text("jobId")), over = files.Work("job_over"), part = files.WorkPath("0123.tar");
        await File.WriteAllTextAsync(part, "a part of a face");
        StoreKeeper keeper = rig.Service<StoreKeeper>();
        await keeper.CleanUpAsync(CancellationToken.None);
        Assert.Equal((true, false, true), (Directory.Exists(open), Directory.Exists(over), File.Exists(part))); // The part may be on its way.
        time.Days = 1;
        await keeper.CleanUpAsync(CancellationToken.None);
        Assert.Equal((true, false), (Directory.Exists(open), File.Exists(part)));
    }

    /// <summary>The machine's clock, days later.</summary>
    private sealed class LaterTime : TimeProvider
    {
        public volatile int Days;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(Days);
    }
}
