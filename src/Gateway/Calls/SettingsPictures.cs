using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Calls;

/// <summary>Pictures by the settings alone, for a gateway without a store (demo, bench).</summary>
internal sealed class SettingsPictures(AvatarOptions options) : ICallerPictures
{
    /// <inheritdoc/>
    public CallerPicture For(CallerIdentity caller) => new(caller.NamedBy(options) ?? options.Default);
}
