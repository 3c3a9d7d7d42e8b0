using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Draws the ears, which stand behind the head's outline.</summary>
internal sealed class EarPainter(GalleryCharacter character, Brush brush)
{
    public void Draw(SKCanvas canvas, FaceShape face, Light light)
    {
        Span<SKPoint> line = stackalloc SKPoint[7];
        for (int s = -1; s <= 1; s += 2)
        {
            float x = 77 * character.Proportions.FaceWidth;
            SKPoint At(float dx, float y) => face.Turn(s * (x + dx), y, -22);
            using var b = new SKPathBuilder();
            b.MoveTo(At(-6, -18));
            b.CubicTo(At(4, -32), At(17, -26), At(15, -6));
            b.CubicTo(At(14, 10), At(10, 20), At(7, 32));
            b.CubicTo(At(4, 42), At(-4, 44), At(-8, 34));
            b.Close();
            using SKPath ear = b.Detach();
            Rgb skin = Rgb.Hex(character.Palette.Skin) * new Rgb(0.98f, 0.84f, 0.80f);
            bool lit = s * light.Key.X > 0;
            var n = System.Numerics.Vector3.Normalize(new System.Numerics.Vector3(s * 0.55f, -0.1f, 1));
            Rgb front = light.Shade(skin, n, lit ? 0.95f : 0.8f, 0.04f, 10);
            Rgb back = light.Shade(skin, n, 0.42f, 0, 1);
            using SKShader shader = SKShader.CreateLinearGradient(
                At(-8, 0), At(16, -4), [back.Show(), front.Show(), (front * 0.9f).Show()], [0.1f, 0.6f, 1], SKShaderTileMode.Clamp);
            brush.Fill(canvas, ear, shader);
            SKColor deep = (back * 0.55f).Show(0.55f);
            Curve.Through([At(-1, -16), At(7, -19), At(10, -8), At(8, 8), At(3, 18)], line);
            brush.Taper(canvas, line, 2.6f, 0.4f, deep);
            brush.Spot(canvas, At(0, 6), 5, 11, deep);
        }
    }
}
