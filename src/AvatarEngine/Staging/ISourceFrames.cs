using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Staging;

/// <summary>
/// The pictures of an avatar's source clip, read once from the first to the last. The engine defines it and its host fills it
/// from a decoder, so that the engine knows no codec. Used by one thread.
/// </summary>
public interface ISourceFrames : IDisposable
{
    /// <summary>Pixels, even.</summary>
    int Width { get; }

    /// <summary>Pixels, even.</summary>
    int Height { get; }

    /// <summary>Pictures a second of the clip, above zero.</summary>
    double FramesPerSecond { get; }

    /// <summary>Pictures in the loop, at least one; the references of <see cref="Face"/> are not among them.</summary>
    int FrameCount { get; }

    /// <summary>
    /// Where the face lies; null for a clip that is shown as it is. With a track the first <see cref="FaceTrack.References"/>
    /// pictures read are its references, then come those of the loop.
    /// </summary>
    FaceTrack? Face { get; }

    /// <summary>Writes the next picture.</summary>
    /// <param name="target">A picture of <see cref="Width"/> x <see cref="Height"/>.</param>
    /// <returns>False after the last picture; <paramref name="target"/> is then untouched.</returns>
    /// <exception cref="InvalidDataException">The clip is damaged.</exception>
    bool TryReadNext(I420View target);
}
