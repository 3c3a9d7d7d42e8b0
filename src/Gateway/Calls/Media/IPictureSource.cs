using Avatar2D.Media;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>Makes the pictures of a call: the seam between the video stream and what draws. Called from the stream's media thread.</summary>
internal interface IPictureSource : IDisposable
{
    /// <summary>The picture of an instant; valid until the next call. Allocates nothing.</summary>
    /// <param name="seconds">Since the stream began; rises from call to call.</param>
    /// <param name="mediaTime">The same instant as timestamp of the media clock.</param>
    I420View PictureAt(double seconds, long mediaTime);
}
