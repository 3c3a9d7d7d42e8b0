using Avatar2D.AvatarEngine.Heads;
using Avatar2D.AvatarEngine.Tests.Datasets;

namespace Avatar2D.AvatarEngine.Tests.Heads;

public sealed class HeadModelTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Load_TinyHead_HasItsShapes()
    {
        HeadModel head = HeadModel.Load(new TinyHead().Write(_folder.File("head.npz")));
        Assert.Equal(2, head.IdentityCount);
        Assert.Equal(468, head.Points.Length);
        Assert.NotNull(head.Movement("jawOpen"));
        Assert.Null(head.Movement("eyeBlink_R"));
        float width = head.Person([1f, 0f])[0].X / head.Neutral[0].X;
        Assert.Equal(1.04f, width, 1e-3f);
    }

    [Theory]
    [InlineData("neutral")]
    [InlineData("faces")]
    [InlineData("face_material")]
    [InlineData("materials")]
    [InlineData("identities")]
    [InlineData("expressions")]
    [InlineData("expression_names")]
    [InlineData("mesh468")]
    public void Load_ArrayMissing_IsNamed(string name)
    {
        var head = new TinyHead { [name] = null };
        string path = head.Write(_folder.File("head.npz"));
        Assert.Contains(name, Assert.Throws<InvalidDataException>(() => HeadModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("neutral", "<f8", "type", new[] { 1, 3 })]
    [InlineData("neutral", "<f4", "shape", new[] { 3 })]
    [InlineData("identities", "<f2", "shape", new[] { 2, 1, 3 })]
    [InlineData("expressions", "<f2", "shape", new[] { 1, 2, 2 })]
    [InlineData("neutral", "<f4", "too large", new[] { 2_000_000_000, 3 })]
    [InlineData("neutral", "<f4", "cannot be read", new[] { 1000, 3 })]
    public void Load_ArrayOfAnotherKind_IsNamed(string name, string type, string why, int[] shape)
    {
        var head = new TinyHead { [name] = TinyHead.Npy(type, shape, new byte[24]) };
        string path = head.Write(_folder.File("head.npz"));
        string message = Assert.Throws<InvalidDataException>(() => HeadModel.Load(path)).Message;
        Assert.Contains($"'{name}'", message, StringComparison.Ordinal);
        Assert.Contains(why, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_VertexOutside_IsRefused()
    {
        int[] points = new int[468];
        points[7] = 1_000_000;
        string path = new TinyHead { ["mesh468"] = TinyHead.Npy("<i4", [468], points) }.Write(_folder.File("head.npz"));
        Assert.Contains("vertex outside", Assert.Throws<InvalidDataException>(() => HeadModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoArchive_IsRefused()
    {
        string path = _folder.File("head.npz");
        File.WriteAllText(path, "no zip");
        Assert.Contains("no .npz file", Assert.Throws<InvalidDataException>(() => HeadModel.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedBytes_AreRefusedOrReadNeverElse()
    {
        byte[] whole = File.ReadAllBytes(new TinyHead().Write(_folder.File("whole.npz")));
        string path = _folder.File("damaged.npz");
#pragma warning disable CA5394 // a fixed seed is the point
        var random = new Random(5);
        for (int n = 0; n < 60; n++)
        {
            byte[] bytes = [.. whole];
            for (int k = 0; k < 3; k++)
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, n % 3 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            Exception? seen = Record.Exception(() => HeadModel.Load(path));
            Assert.True(seen is null or InvalidDataException, seen?.ToString());
        }
    }

    [Fact]
    public void FaceKitPoints_Table_NamesEachEdgeOnce()
    {
        int[] table = FaceKitPoints.Vertices.ToArray();
        Assert.Equal(468, table.Length);
        Assert.All(table, v => Assert.InRange(v, 0, FaceKitPoints.VertexCount - 1));
        int[] lips = [0, 17, 13, 14, 61, 291, 33, 133, 362, 263, 159, 145, 386, 374, 152, 4];
        Assert.Equal(lips.Length, lips.Select(p => table[p]).Distinct().Count());
    }

    public void Dispose() => _folder.Dispose();
}
