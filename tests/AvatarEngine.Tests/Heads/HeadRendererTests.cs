using System.Numerics;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.AvatarEngine.Heads;
using Avatar2D.AvatarEngine.Tests.Datasets;

namespace Avatar2D.AvatarEngine.Tests.Heads;

public sealed class HeadRendererTests : IDisposable
{
    private const int SizePx = 160;
    private readonly TempFolder _folder = new();
    private readonly HeadModel _head;

    public HeadRendererTests() => _head = HeadModel.Load(new TinyHead().Write(_folder.File("head.npz")));

    [Fact]
    public void Render_SameSeeds_GiveTheSamePicture()
    {
        Assert.Equal(Picture(7, 3), Picture(7, 3));
        Assert.NotEqual(Picture(7, 3), Picture(8, 3));
        Assert.NotEqual(Picture(7, 3), Picture(7, 4));
    }

    [Fact]
    public void FillMesh_RestingFace_StandsUprightInTheMiddle()
    {
        Vector3[] mesh = Mesh(default);
        Vector3 right = (mesh[33] + mesh[133]) / 2, left = (mesh[362] + mesh[263]) / 2;
        Assert.InRange(left.X - right.X, 0.12f * SizePx, 0.15f * SizePx);
        Assert.InRange((left.X + right.X) / 2, 0.45f * SizePx, 0.55f * SizePx);
        Assert.InRange(MathF.Abs(left.Y - right.Y), 0, 0.5f);
        Assert.True(mesh[152].Y > mesh[17].Y && mesh[17].Y > mesh[0].Y && mesh[0].Y > mesh[2].Y && mesh[2].Y > mesh[33].Y);
        Assert.True(mesh[4].Z < mesh[33].Z, "the tip of the nose is nearer than the eyes");
    }

    [Fact]
    public void FillMesh_JawOpens_InnerLipsPart()
    {
        Vector3[] shut = Mesh(default), open = Mesh(new FaceParameters { JawOpen = 1 });
        Assert.InRange(shut[14].Y - shut[13].Y, -0.2f, 1);
        Assert.True(open[14].Y - open[13].Y > 2.5f);
        Assert.Equal(shut[13].Y, open[13].Y, 1e-3f);
        Assert.True(open[152].Y > shut[152].Y + 2);
    }

    [Theory]
    [InlineData(0.3f, 0, 0)]
    [InlineData(0, 0.3f, 0)]
    [InlineData(0, 0, 0.3f)]
    public void FillMesh_HeadTurns_NoseGoesThatWay(float yaw, float pitch, float roll)
    {
        Vector3[] rest = Mesh(default), turned = Mesh(new FaceParameters { HeadYaw = yaw, HeadPitch = pitch, HeadRoll = roll });
        Vector3 way = turned[4] - rest[4];
        Vector3 eyes = turned[263] - turned[33];
        Assert.True(yaw == 0 || way.X > 3);
        Assert.True(pitch == 0 || way.Y < -3);
        Assert.True(roll == 0 || MathF.Abs(MathF.Atan2(eyes.Y, eyes.X) - 0.3f) < 0.03f); // clockwise: her left eye sinks
    }

    [Fact]
    public void Render_OpenMouth_ShowsTeethWhereTheMeshSaysTheyAre()
    {
        var renderer = new HeadRenderer(_head, 7, 3, SizePx);
        var mesh = new Vector3[468];
        renderer.Render(new FaceParameters { JawOpen = 1 });
        renderer.FillMesh(mesh);
        Vector3 open = Colour(renderer, (mesh[13] + mesh[14]) / 2);
        renderer.Render(default);
        renderer.FillMesh(mesh);
        Vector3 skin = Colour(renderer, mesh[4]);
        Assert.True(Vector3.Distance(open, skin) > 20, $"teeth {open}, skin {skin}");
    }

    [Fact]
    public void Draw_TwoTriangles_TheNearerIsSeenFromItsFrontOnly()
    {
        var raster = new HeadRasterizer(8);
        raster.Clear();
        Vector3[] points = [new(0, 7, 5), new(7, 7, 5), new(0, 0, 5), new(0, 7, 3), new(7, 7, 3), new(0, 0, 3)];
        raster.Draw([0, 1, 2, 3, 5, 4], points, _ => false); // The nearer one shows its back.
        Assert.Equal(0, raster.Triangle[(6 * 8) + 1]);
        Assert.Equal(-1, raster.Triangle[(1 * 8) + 6]);
        raster.Draw([0, 1, 2, 3, 4, 5], points, _ => false);
        Assert.Equal(1, raster.Triangle[(6 * 8) + 1]);
        Assert.Equal(1f / 7, raster.Place[(6 * 8) + 1].X, 1e-5f);
        Assert.Equal(1f / 7, raster.Place[(6 * 8) + 1].Y, 1e-5f);
    }

    public void Dispose() => _folder.Dispose();

    private static Vector3 Colour(HeadRenderer renderer, Vector3 at)
    {
        int i = (((int)(at.Y + 0.5f) * SizePx) + (int)(at.X + 0.5f)) * 4;
        return new Vector3(renderer.Pixels[i], renderer.Pixels[i + 1], renderer.Pixels[i + 2]);
    }

    private byte[] Picture(int person, int scene)
    {
        var renderer = new HeadRenderer(_head, person, scene, SizePx);
        renderer.Render(default);
        return renderer.Pixels.ToArray();
    }

    private Vector3[] Mesh(FaceParameters face)
    {
        var renderer = new HeadRenderer(_head, 7, 3, SizePx);
        renderer.Render(face);
        var mesh = new Vector3[468];
        renderer.FillMesh(mesh);
        return mesh;
    }
}
