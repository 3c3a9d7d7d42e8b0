using Avatar2D.AvatarEngine.Datasets;

namespace Avatar2D.AvatarEngine.Tests.Datasets;

public class NpyFileTests
{
    [Fact]
    public void Write_Matrix_ReadsBack()
    {
        using var folder = new TempFolder();
        NpyFile<float>.Write(folder.File("a.npy"), [1, 2, 3, 4, 5, -6.5f], 3);
        NpyArray read = NpyArray.Read(folder.File("a.npy"));
        Assert.Equal("<f4", read.Type);
        Assert.Equal([2, 3], read.Shape);
        Assert.Equal([1, 2, 3, 4, 5, -6.5f], read.As<float>());
    }

    [Fact]
    public void Write_EveryType_HasItsName()
    {
        using var folder = new TempFolder();
        NpyFile<byte>.Write(folder.File("b"), [7], 1);
        NpyFile<short>.Write(folder.File("s"), [-2, 3]);
        NpyFile<Half>.Write(folder.File("h"), [(Half)0.5f], 1, 1);
        Assert.Equal("|u1", NpyArray.Read(folder.File("b")).Type);
        NpyArray numbers = NpyArray.Read(folder.File("s"));
        Assert.Equal("<i2", numbers.Type);
        Assert.Equal([2], numbers.Shape);
        Assert.Equal([-2, 3], numbers.As<short>());
        NpyArray halves = NpyArray.Read(folder.File("h"));
        Assert.Equal("<f2", halves.Type);
        Assert.Equal([1, 1, 1], halves.Shape);
    }

    [Fact]
    public void Append_PartOfARow_IsRefused()
    {
        using var folder = new TempFolder();
        using var file = new NpyFile<byte>(folder.File("a.npy"), 2, 2);
        Assert.Throws<ArgumentException>(() => file.Append([1, 2, 3]));
    }
}
