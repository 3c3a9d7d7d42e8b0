using System.Text;

using Avatar2D.Gateway.Options;

namespace Avatar2D.Architecture.Tests;

/// <summary>Every setting is documented, and config/gateway.json says what the options say.</summary>
public sealed class ConfigTests
{
    private static readonly string ConfigPath = Path.Combine(Repository.Root, "config", "gateway.json");

    static ConfigTests()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_CONFIG") == "1")
            File.WriteAllText(ConfigPath, ConfigText.Generate());
    }

    [Fact]
    public void Config_OfTheRepository_FollowsFromTheOptions() => Assert.True(
        ConfigText.Generate() == File.ReadAllText(ConfigPath),
        "config/gateway.json and src/Gateway/Options differ; write it anew: UPDATE_CONFIG=1 ./test Architecture");

    [Fact]
    public void Config_OfTheRepository_LoadsAsTheDefaults()
    {
        OptionsLoadResult result = GatewayOptionsLoader.Load(ConfigPath, []);
        Assert.Equal([], result.Errors);
        var defaults = new GatewayOptions();
        Assert.All(SettingCatalog.All, s => Assert.Equal(s.Read(defaults), s.Read(result.Options)));
    }

    [Fact]
    public void Config_OfTheRepository_HasEverySetting()
    {
        SettingLayer layer = JsonSettings.Read("gateway.json", Encoding.UTF8.GetBytes(ConfigText.Generate()));
        Assert.Empty(layer.Errors);
        Assert.Equal(
            SettingCatalog.All.Where(s => s.Shape != SettingShape.Map).Select(s => s.Path),
            layer.Entries.Select(e => e.Setting.Path).Distinct());
    }

    [Fact]
    public void Settings_All_AreDocumentedWithDefaultAndUnit() => Repository.AssertNone(
        from setting in SettingCatalog.All
        let value = ConfigText.ValueOf(setting)
        let start = $"Default: {Setting.Describe(setting.Default)}. Unit: "
        where ConfigText.Summary(setting.Property).Length < 20 || !value.StartsWith(start, StringComparison.Ordinal)
            || value.Length < start.Length + 4 || !value.EndsWith('.')
        select $"{setting.Path}: wanted a summary and <value>{start}...</value>, found \"{value}\"",
        "Each setting says what it is for, its default and its unit:");

    [Fact]
    public void Settings_OfNumbers_HaveBounds() => Repository.AssertNone(
        from setting in SettingCatalog.All
        where setting.ItemType == typeof(int)
        where setting.Property.GetCustomAttributes(typeof(System.ComponentModel.DataAnnotations.ValidationAttribute), true).Length == 0
        select setting.Path,
        "Each number has a range:");
}
