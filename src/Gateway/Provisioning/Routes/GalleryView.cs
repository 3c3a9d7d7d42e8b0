namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>A character of the gallery.</summary>
/// <param name="Name">Its name.</param>
internal sealed record GalleryView(string Name);
