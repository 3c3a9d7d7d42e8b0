using Avatar2D.AvatarEngine.Faces;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Measuring;

/// <summary>Reads the mouth off the landmarks of the face tracker, unsmoothed, so that nothing comes late: any face.</summary>
/// <param name="tracker">Owned from here on.</param>
internal sealed class TrackedMouthMeter(FaceTracker tracker) : IMouthMeter
{
    /// <inheritdoc/>
    public string Name => "landmarks";

    /// <inheritdoc/>
    public bool TryMeasure(I420View picture, TimeSpan time, out double opening)
    {
        bool seen = tracker.Update(picture, time);
        opening = seen ? FaceSignals.Measure(tracker.RawPoints).MouthOpening : 0;
        return seen;
    }

    /// <inheritdoc/>
    public void Dispose() => tracker.Dispose();
}
