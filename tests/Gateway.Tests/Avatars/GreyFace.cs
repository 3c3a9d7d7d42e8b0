using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Avatars;

/// <summary>A clip that claims to have a face in its middle: references black and white, ten pictures of grey.</summary>
internal sealed class GreyFace : ISourceFrames
{
    /// <summary>Luma of the loop.</summary>
    public const byte Grey = 100;

    private int _next;

    public int Width => 128;

    public int Height => 128;

    public double FramesPerSecond => 25;

    public int FrameCount => 10;

    public FaceTrack? Face { get; } =
        new(Enumerable.Repeat(new PatchTransform(0.5, 0, 32, 32), FaceTrack.References + 10)) { MouthStaysClosed = true };

    public bool TryReadNext(I420View target)
    {
        if (_next == FaceTrack.References + FrameCount)
            return false;
        target.Y.Fill(_next switch { 0 => 16, 1 => 235, _ => Grey });
        target.U.Fill(128);
        target.V.Fill(128);
        _next++;
        return true;
    }

    public void Dispose()
    {
    }
}
