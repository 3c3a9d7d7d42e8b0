using Avatar2D.Media;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>A picture that a phone gave away.</summary>
/// <param name="Frame">As it decoded it.</param>
/// <param name="SentBefore">Pictures that the gateway had sent when it was given away: it is one of those.</param>
internal sealed record ShownPicture(I420Frame Frame, int SentBefore);
