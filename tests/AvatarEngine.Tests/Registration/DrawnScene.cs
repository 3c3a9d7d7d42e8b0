using System.Numerics;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Tests.Registration;

/// <summary>A drawn face at 25 pictures a second with its exact landmarks; drawn once, for many films.</summary>
internal sealed class DrawnScene
{
    public DrawnScene(FaceTimeline acting, int frames, int sidePx = 256)
    {
        using var renderer = new GalleryRenderer(Gallery.Gallery.Maya, sidePx);
        for (int n = 0; n < frames; n++)
        {
            FaceParameters face = acting.AtFrame(n);
            renderer.Render(face);
            var picture = new I420Frame(sidePx, sidePx);
            PackedPicture.ToI420(renderer.Pixels, sidePx * 4, PackedOrder.Bgra, picture.View);
            var points = new Vector2[FacePoints.Count];
            DrawnPoints.Fill(renderer.Landmarks, face, points);
            Pictures.Add(picture);
            Points.Add(points);
        }
    }

    public List<I420Frame> Pictures { get; } = [];

    public List<Vector2[]> Points { get; } = [];
}
