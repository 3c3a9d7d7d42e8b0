using Avatar2D.Gateway.Marking;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Marking;

public sealed class PictureLabelTests
{
    [Theory]
    [InlineData("AI avatar", 512, 512)]
    [InlineData("AI avatar", 176, 144)]
    [InlineData("twenty-four letters here", 240, 320)]
    [InlineData("twenty-four letters here", 176, 144)]
    public void Draw_AnyPicture_LettersOnAPlateInTheCornerAndNothingElse(string text, int width, int height)
    {
        I420Frame before = Grey(width, height);
        I420Frame after = Grey(width, height);
        var label = new PictureLabel(text, width, height);
        label.Draw(after.View);

        (int x, int y, int w, int h) = label.Area;
        Assert.True(x >= 0 && y >= 0 && x + w <= width && y + h <= height, label.Area.ToString());
        Assert.True(y > height / 2 && h < height / 4);
        (int bright, int dark) = (0, 0);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                byte luma = after.View.Y[(row * after.View.YStride) + column];
                bool inside = row >= y && row < y + h && column >= x && column < x + w;
                if (!inside)
                    Assert.Equal(before.View.Y[(row * before.View.YStride) + column], luma);
                else
                    (bright, dark) = (bright + (luma > 170 ? 1 : 0), dark + (luma < 90 ? 1 : 0));
            }
        }

        Assert.InRange(bright, w * h / 50, w * h / 2);
        Assert.InRange(dark, w * h / 3, w * h);
    }

    [Theory]
    [InlineData("AI avatar", true)]
    [InlineData("KI-Bild 2.0", true)]
    [InlineData("g\u00e9n\u00e9r\u00e9", false)]
    [InlineData("\u4eba\u5de5", false)]
    [InlineData("a/b", false)]
    public void CanWrite_Text_OnlyWhatHasLetters(string text, bool can) => Assert.Equal(can, PictureLabel.CanWrite(text));

    private static I420Frame Grey(int width, int height)
    {
        var picture = new I420Frame(width, height);
        picture.Pixels.Fill(128);
        return picture;
    }
}
