using System.Numerics;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Faces;

/// <summary>Reads the face of each picture of a film; <see cref="FaceTracker"/> by networks, drawn films by their exact truth.</summary>
public interface IFaceReader : IDisposable
{
    /// <summary><see cref="FacePoints.Count"/> landmarks of the last picture with a face, as read, in picture pixels.</summary>
    ReadOnlySpan<Vector2> RawPoints { get; }

    /// <summary>Certainty of the last picture's face, 0..1.</summary>
    float Presence { get; }

    /// <summary>Faces in the picture of the last search.</summary>
    int FacesSeen { get; }

    /// <summary>Times that the face was found anew; it goes up at the start, after a loss and at a cut.</summary>
    int Acquisitions { get; }

    /// <summary>Takes the next picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="time">Its media time; it does not run back.</param>
    /// <returns>Whether it shows a face.</returns>
    bool Update(I420View picture, TimeSpan time);
}
