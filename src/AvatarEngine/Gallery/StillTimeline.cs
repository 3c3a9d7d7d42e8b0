namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>One face for a while.</summary>
internal sealed class StillTimeline(FaceParameters face, TimeSpan duration) : FaceTimeline
{
    public override TimeSpan Duration => duration;

    public override FaceParameters At(TimeSpan time) => face;
}
