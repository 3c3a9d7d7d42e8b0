namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>A moving face: parameters at any moment. Timelines are immutable and may be read by many threads.</summary>
public abstract class FaceTimeline
{
    /// <summary>Length; a loop starts again there.</summary>
    public abstract TimeSpan Duration { get; }

    /// <summary>Frames in <see cref="Duration"/> at <see cref="GalleryRenderer.FrameRate"/>.</summary>
    public int FrameCount => (int)Math.Round(Duration.TotalSeconds * GalleryRenderer.FrameRate);

    /// <summary>The face at a moment.</summary>
    public abstract FaceParameters At(TimeSpan time);

    /// <summary>The face of a frame.</summary>
    public FaceParameters AtFrame(int frame) => At(TimeSpan.FromSeconds((double)frame / GalleryRenderer.FrameRate));

    /// <summary>This movement added to another, as speech over idle motion; it lasts as long as this one.</summary>
    public FaceTimeline Over(FaceTimeline below) => new LayeredTimeline(this, below);

    /// <summary>A still face.</summary>
    public static FaceTimeline Still(FaceParameters face, TimeSpan duration) => new StillTimeline(face, duration);

    /// <summary>A person who listens with a closed mouth: blinks, sways, breathes; closes without a jump after <paramref name="duration"/>.</summary>
    public static FaceTimeline Idle(int seed, TimeSpan duration) => new IdleMotion(seed, duration);

    /// <summary>The neutral loop: 8 s, 200 frames.</summary>
    public static FaceTimeline NeutralLoop(GalleryCharacter character)
    {
        ArgumentNullException.ThrowIfNull(character);
        return new IdleMotion(character.Seed, TimeSpan.FromSeconds(8));
    }

    /// <summary>Speech from timed ARPAbet phones; see <see cref="VisemeTable"/>.</summary>
    public static FaceTimeline Speech(IReadOnlyList<PhoneSpan> phones) => new VisemeTimeline(phones);
}
