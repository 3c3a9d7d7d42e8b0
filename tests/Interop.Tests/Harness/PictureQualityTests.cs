using Avatar2D.AvatarEngine.Staging;
using Avatar2D.Media;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>The measure itself.</summary>
public sealed class PictureQualityTests
{
    [Fact]
    public void Psnr_EveryPixelOffByOne_Is48Db()
    {
        var a = new I420Frame(16, 16);
        var b = new I420Frame(16, 16);
        Fill(a.View, 100);
        Fill(b.View, 101);
        Assert.Equal(48.13, PictureQuality.Psnr(a.View, b.View), 2); // 20 log10 255
    }

    [Fact]
    public async Task BestPsnr_OtherCharacter_IsFarBelowTheOwn()
    {
        using StageLease own = await TestAvatars.LoadAsync("maya", 320, 320);
        using StageLease other = await TestAvatars.LoadAsync(TestAvatars.OtherThan("maya"), 320, 320);
        I420View picture = own.Stage.FrameAt(2).View;
        Assert.Equal(99, PictureQuality.BestPsnr(picture, own.Stage));
        Assert.InRange(PictureQuality.BestPsnr(picture, other.Stage), 3, 22);
    }

    private static void Fill(I420View picture, byte value)
    {
        picture.Y.Fill(value);
        picture.U.Fill(value);
        picture.V.Fill(value);
    }
}
