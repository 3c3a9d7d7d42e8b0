using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Gateway.Tests.Avatars;
using Avatar2D.Interop.Tests.Harness;
using Avatar2D.Interop.Tests.Provisioning;

namespace Avatar2D.Interop.Tests.Chromium;

/// <summary>The console in a real browser, as an operator uses it. The screenshots lie beside the test program.</summary>
public sealed class ConsoleTests
{
    private static readonly string _screenshots = Path.Combine(AppContext.BaseDirectory, "screenshots");

    [Fact]
    public async Task Console_FromLoginToDelete_DoesWhatItShows()
    {
        using var folder = new TempFolder();
        string clip = folder.File("balcony.mp4");
        (await DrawnFilm.SpeakingAsync(GalleryCharacter.Random(5), "Good morning, here I am.", "Bob and Pam bought a map of the park."))
            .With(width: 640, height: 480).Write(clip);
        await using ServedGateway gateway = await ServedGateway.StartAsync(folder, "--Sip:TrustedPeers=127.0.0.1", "--Video:Width=256", "--Video:Height=256");
        await using Browser browser = await Browser.StartAsync();
        browser.PromptText = "Ana Lima";

        await browser.GoAsync(new Uri(gateway.Address, "console/"));
        await browser.TypeAsync("#key", gateway.Key);
        await PhotographAsync(browser, "login");
        await browser.PressAsync("Log in");
        await browser.UntilAsync("document.querySelector('h1')?.textContent === 'Live calls'");

        await browser.EvaluateAsync("location.hash = '#/subscribers'");
        await browser.TypeAsync("#name", "Ana Lima");
        await browser.TypeAsync("#identities", "sip:ana@example.com, +49 30 12345");
        await browser.PressAsync("Create");
        await browser.UntilAsync("document.querySelector('h1')?.textContent === 'Ana Lima'");
        await browser.ChooseFileAsync("#file", clip);
        await browser.UntilAsync("document.querySelector('article .tag')?.textContent === 'ready'", TimeSpan.FromMinutes(2));

        await browser.PressAsync("Preview");
        await browser.UntilAsync("document.querySelector('video')?.currentTime > 0.2");
        await browser.PressAsync("Activate");
        await browser.UntilAsync("document.querySelector('article .tag')?.textContent === 'active' && document.querySelector('article img').naturalWidth > 0");
        await PhotographAsync(browser, "subscriber");

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

    private static async Task PhotographAsync(Browser browser, string page)
    {
        foreach ((string look, int width, bool dark) in new[] { ("light", 1200, false), ("dark", 1200, true), ("phone", 390, false) })
            await browser.PhotographAsync(Path.Combine(_screenshots, $"{page}-{look}.png"), width, dark);
    }
}
