using Avatar2D.AvatarEngine.Models;

namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>
/// Where the face lies in each picture of an avatar's source clip. The clip begins with two reference pictures, mouth closed and
/// mouth open with the teeth seen (of a photo the same picture twice); the pictures after them are the loop. Immutable.
/// </summary>
public sealed class FaceTrack
{
    /// <summary>Pictures before the loop: <see cref="Closed"/> and <see cref="Open"/>.</summary>
    public const int References = 2;

    private readonly PatchTransform[] _transforms;

    /// <summary>Keeps the transforms of all pictures of the clip, references first.</summary>
    /// <param name="transforms">One per picture, in pixels of the clip.</param>
    /// <exception cref="ArgumentException">Not even one picture of a loop.</exception>
    public FaceTrack(IEnumerable<PatchTransform> transforms)
    {
        _transforms = [.. transforms];
        if (_transforms.Length <= References)
            throw new ArgumentException($"A track has {References} references and at least one picture, not {_transforms.Length}.", nameof(transforms));
    }

    /// <summary>
    /// The loop's own mouth is closed in every picture: where there is no voice the source may be shown as it is, and no network
    /// runs. False for a source that speaks.
    /// </summary>
    public bool MouthStaysClosed { get; init; }

    /// <summary>How far this face must be told to open its mouth; null takes the codes as they are.</summary>
    public MouthGain? MouthGain { get; init; }

    /// <summary>Place of the face in the reference with the mouth closed, picture 0 of the clip.</summary>
    public PatchTransform Closed => _transforms[0];

    /// <summary>Place of the face in the reference with the mouth open, picture 1 of the clip.</summary>
    public PatchTransform Open => _transforms[1];

    /// <summary>Pictures of the loop.</summary>
    public int LoopFrames => _transforms.Length - References;

    /// <summary>Place of the face in a picture of the loop, 0 ... <see cref="LoopFrames"/> - 1.</summary>
    public PatchTransform Loop(int frame) => _transforms[References + frame];
}
