using System.Text.Json;

namespace Avatar2D.AvatarEngine.Tests;

/// <summary>Files beside the test program: those of Fixtures (made by Fixtures/make_fixtures.py) and training's golden numbers.</summary>
internal static class Fixture
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    public static JsonElement Json(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));
        return document.RootElement.Clone();
    }

    public static float[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetSingle())];
}
