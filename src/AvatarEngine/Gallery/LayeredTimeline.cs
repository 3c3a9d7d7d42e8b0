namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>The sum of two timelines.</summary>
internal sealed class LayeredTimeline(FaceTimeline above, FaceTimeline below) : FaceTimeline
{
    public override TimeSpan Duration => above.Duration;

    public override FaceParameters At(TimeSpan time) => FaceParameters.Add(above.At(time), below.At(time));
}
