using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Hosting;

/// <summary>A catalog whose clips are ten grey pictures each, so that no test waits for the drawing.</summary>
internal static class DrawnAvatars
{
    public static AvatarCatalog Catalog() => new((_, _) => OpenAsync(), 100_000_000);

    public static Task<ISourceFrames> OpenAsync() => Task.FromResult<ISourceFrames>(new Greys());

    private sealed class Greys : ISourceFrames
    {
        private int _next;

        public int Width => 128;

        public int Height => 128;

        public double FramesPerSecond => 25;

        public int FrameCount => 10;

        public FaceTrack? Face => null;

        public bool TryReadNext(I420View target)
        {
            if (_next == FrameCount)
                return false;
            target.Y.Fill((byte)(40 + (10 * _next++)));
            target.U.Fill(128);
            target.V.Fill(128);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
