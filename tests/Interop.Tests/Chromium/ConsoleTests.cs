using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Tests.Avatars;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Provisioning;

namespace Avatar2D.Interop.Tests.Chromium;

/// <summary>The console in a real browser, as an operator uses it. The screenshots lie beside the test program.</summary>
public sealed class ConsoleTests
{
    private static readonly string _screenshots = Path.Combine(AppContext.BaseDirectory, "screenshots");

    private const string Another = "base-robust-standard-0";

    [Fact]
    public async Task Reference_EveryOperation_SaysWhatItTakesAndAnswers()
    {
        using var folder = new TempFolder();
        await using ServedGateway gateway = await ServedGateway.StartAsync(folder);
        await using Browser browser = await Browser.StartAsync();
        await browser.GoAsync(new Uri(gateway.Address, "docs/api"));
        await browser.UntilAsync("document.querySelectorAll('details').length > 30");
        await PhotographAsync(browser, "reference");
        await browser.EvaluateAsync("document.getElementById('post-/v1/subscribers').querySelector('summary').click()");
        await browser.UntilAsync("document.getElementById('post-/v1/subscribers').querySelector('pre')?.textContent.includes('identities')");
        Assert.Equal(false, (await browser.EvaluateAsync("document.body.textContent.includes('[object')"))?.GetValue<bool>());
        Assert.Equal(true, (await browser.EvaluateAsync("[...document.querySelectorAll('details')].every(d => d.querySelector('summary').textContent.includes('/') && d.children.length > 1)"))?.GetValue<bool>());
        await browser.EvaluateAsync("document.getElementById('post-/v1/subscribers').scrollIntoView()");
        await PhotographAsync(browser, "reference-open");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Console_FromLoginToDelete_DoesWhatItShows()
    {
        using var folder = new TempFolder();
        string clip = folder.File("balcony.mp4");
        (await DrawnFilm.SpeakingAsync(GalleryCharacter.Random(5), "Good morning, here I am.", "Bob and Pam bought a map of the park."))
            .With(width: 640, height: 480).Write(clip);
        await using ServedGateway gateway = await ServedGateway.StartAsync(folder, "--Sip:TrustedPeers=127.0.0.1", "--Video:Width=256", "--Video:Height=256", $"--Engine:Folder={TwoModels(folder)}");
        await using Browser browser = await Browser.StartAsync();
        browser.PromptText = "Ana Lima";

        await browser.GoAsync(new Uri(gateway.Address, "console/"));
        await browser.TypeAsync("#key", gateway.Key);
        await PhotographAsync(browser, "login");
        await browser.KeyAsync("Enter");
        await browser.UntilAsync("document.querySelector('h1')?.textContent === 'Live calls'");

        // By the keyboard alone: over the bar to the subscribers, past the bar to the form, and through it.
        await browser.EvaluateAsync("document.activeElement.blur()");
        await TabToAsync(browser, "Subscribers");
        await browser.KeyAsync("Enter");
        await browser.UntilAsync("document.querySelector('h1')?.textContent === 'Subscribers' && document.activeElement.id === 'main'");
        Assert.Equal("page", (await browser.EvaluateAsync("document.querySelector('nav a[href=\"#/subscribers\"]').getAttribute('aria-current')"))?.GetValue<string>());
        await browser.EvaluateAsync("document.querySelector('.skip').focus()");
        await browser.KeyAsync("Enter");
        await browser.KeyAsync("Tab");
        await browser.UntilAsync("document.activeElement.id === 'name' && document.querySelector('h1').textContent === 'Subscribers'");
        await browser.TypeAsync("#name", "Ana Lima");
        await browser.KeyAsync("Tab");
        await browser.TypeAsync("#identities", "sip:ana@example.com, +49 30 12345");
        await TabToAsync(browser, "Create");
        Assert.Equal("solid", (await browser.EvaluateAsync("getComputedStyle(document.activeElement).outlineStyle"))?.GetValue<string>());
        await browser.KeyAsync("Enter");
        await browser.UntilAsync("document.querySelector('h1')?.textContent === 'Ana Lima'");
        await browser.ChooseFileAsync("#file", clip);
        await browser.UntilAsync("document.querySelector('article .tag')?.textContent === 'ready'", TimeSpan.FromMinutes(2));

        // It introduces itself: a film of the sentence's length, whose pictures are played; and again by the button.
        await browser.UntilAsync("document.querySelector('article video')?.currentTime > 0.2 && document.querySelector('article video').duration > 4");
        await PhotographAsync(browser, "speaking");
        await browser.EvaluateAsync("document.querySelector('article video').remove()");
        await browser.PressAsync("Preview");
        await browser.UntilAsync("document.querySelector('article video')?.currentTime > 0.2");
        await browser.PressAsync("Activate");
        await browser.UntilAsync("document.querySelector('article .tag')?.textContent === 'active' && document.querySelector('article img').naturalWidth > 0");
        await PhotographAsync(browser, "subscriber");

        // A model of the person: the clip is too short for it, which the job says; then another robust model, and back.
        string subscriber = (await browser.EvaluateAsync("location.hash"))!.GetValue<string>();
        await browser.PressAsync("Personalize");
        await browser.UntilAsync("document.querySelector('h1')?.textContent === 'Personalization' && ['running', 'rejected'].includes(document.querySelector('.tag')?.textContent)");
        await PhotographAsync(browser, "job-running");
        await browser.UntilAsync("document.querySelector('.tag')?.textContent === 'rejected' && document.querySelector('.verdicts .failed')", TimeSpan.FromMinutes(3));
        await PhotographAsync(browser, "job-rejected");
        using (HttpClient client = gateway.Client())
        {
            string place = $"v1{subscriber[1..]}/avatars";
            string avatar = (await ServedGateway.GetAsync(client, place)).GetProperty("items")[0].GetProperty("id").GetString()!; // As documented.
            using var another = new StringContent($$"""{"model":"{{Another}}"}""", System.Text.Encoding.UTF8, "application/json");
            Assert.True((await client.PutAsync(new Uri($"{place}/{avatar}/model", UriKind.Relative), another)).IsSuccessStatusCode);
            await browser.EvaluateAsync($"location.hash = '{subscriber}'");
            await browser.PressAsync("Model before");
            await browser.UntilAsync("document.querySelector('#notice').textContent.includes('The model from before speaks again')");
            Assert.NotEqual(Another, (await ServedGateway.GetAsync(client, $"{place}/{avatar}")).GetProperty("model").GetString());
        }

        await browser.UntilAsync("document.querySelector('article .tag')?.textContent === 'active'");
        await using ExternalProcess call = ExternalProcess.Start("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "avatar2d.dll"), "call", $"sip:avatar@127.0.0.1:{gateway.Sip}", "--asserted", "tel:+493012345", "--seconds", "300", "--json",
        ]);
        await browser.EvaluateAsync("location.hash = '#/calls'");
        await browser.UntilAsync("document.querySelector('tbody .tag')?.textContent === 'up' && document.querySelector('tbody img')?.naturalWidth > 0");
        await PhotographAsync(browser, "calls");
        await browser.PressAsync("End");
        await browser.UntilAsync("!document.querySelector('tbody')");
        Assert.Equal(0, await call.EndedAsync());
        Assert.Contains("\"remote_hangup\"", call.Output, StringComparison.Ordinal);

        foreach (string page in (string[])["jobs", "gallery", "keys", "audit"])
        {
            await browser.EvaluateAsync($"location.hash = '#/{page}'");
            await browser.UntilAsync("document.querySelector('main h1') && [...document.querySelectorAll('main img')].every(i => i.naturalWidth > 0)");
            await PhotographAsync(browser, page);
        }

        await browser.EvaluateAsync("location.hash = '#/subscribers'");
        await browser.UntilAsync("[...document.querySelectorAll('td a')].some(a => a.textContent === 'Ana Lima')");
        await PhotographAsync(browser, "subscribers");
        await browser.EvaluateAsync("[...document.querySelectorAll('td a')].find(a => a.textContent === 'Ana Lima').click()");
        await browser.UntilAsync("document.querySelector('article')");
        await browser.PressAsync("Delete");
        await browser.UntilAsync("document.querySelector('h1')?.textContent === 'Ana Lima' && !document.querySelector('article')");
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.File("store/packages")));

        // The browser notes refused requests: the first activation, which asks for the consent, and the look at a call that has just ended.
        Assert.All(browser.Complaints, complaint => Assert.Matches("/activate|/snapshot", complaint));
    }

    /// <summary>The shipped models, and the robust one under another name too.</summary>
    private static string TwoModels(TempFolder folder)
    {
        Directory.CreateDirectory(folder.File("models"));
        foreach (string shipped in Directory.EnumerateDirectories(Path.Combine(Checkout.Root, "models")))
        {
            Directory.CreateSymbolicLink(folder.File($"models/{Path.GetFileName(shipped)}"), shipped);
            if (Path.GetFileName(shipped).StartsWith("base-robust-", StringComparison.Ordinal))
                Directory.CreateSymbolicLink(folder.File($"models/{Another}"), shipped);
        }

        return folder.File("models");
    }

    private static async Task TabToAsync(Browser browser, string name)
    {
        for (int presses = 0; presses < 20; presses++)
        {
            await browser.KeyAsync("Tab");
            if ((await browser.EvaluateAsync("document.activeElement.textContent"))?.GetValue<string>() == name)
                return;
        }

        Assert.Fail($"Twenty times Tab does not lead to \"{name}\".");
    }

    private static async Task PhotographAsync(Browser browser, string page)
    {
        foreach ((string look, int width, bool dark) in new[] { ("light", 1200, false), ("dark", 1200, true), ("phone", 390, false) })
            await browser.PhotographAsync(Path.Combine(_screenshots, $"{page}-{look}.png"), width, dark);
    }
}
