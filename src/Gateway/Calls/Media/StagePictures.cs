using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>Shows an avatar's source loop as it is.</summary>
internal sealed class StagePictures(StageLease lease) : IPictureSource
{
    /// <inheritdoc/>
    public I420View PictureAt(double seconds, long mediaTime) => lease.Stage.FrameAt(seconds).View;

    /// <inheritdoc/>
    public void Dispose() => lease.Dispose();
}
