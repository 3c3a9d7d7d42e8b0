namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A new key with its secret, which is shown this once.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret">What goes into Authorization: Bearer.</param>
internal sealed record NewKeyView(KeyView Key, string Secret);
