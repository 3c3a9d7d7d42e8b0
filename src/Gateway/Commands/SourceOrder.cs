using Avatar2D.Gateway.Subscribers;

namespace Avatar2D.Gateway.Commands;

/// <summary>What a <see cref="SourceVerb"/> is to work on.</summary>
/// <param name="Source">The file.</param>
/// <param name="Kind">Photo or video.</param>
/// <param name="Name">Of what is made.</param>
/// <param name="Output">Folder to make.</param>
internal sealed record SourceOrder(string Source, AvatarKind Kind, string Name, string Output);
