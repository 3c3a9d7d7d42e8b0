using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Draws what the relief is too coarse for: nostrils, wings and the light on the tip.</summary>
internal sealed class NosePainter(GalleryCharacter character, Brush brush)
{
    public void Draw(SKCanvas canvas, FaceShape face, SkinSurface skin, Light light)
    {
        float w = character.Proportions.NoseWidth;
        float natural = 1 - (0.5f * character.Stylisation);
        float y = face.NoseY;
        Rgb basis = Rgb.Hex((uint)skin.Sample(face.Place(0, y + 6, 4)) & 0xFFFFFF);
        SKColor deep = (basis * new Rgb(0.22f, 0.10f, 0.085f)).Show(0.80f * (0.6f + (0.4f * natural)));
        SKColor fold = (basis * new Rgb(0.40f, 0.24f, 0.20f)).Show(0.30f * natural);
        Span<SKPoint> line = stackalloc SKPoint[9];
        for (int s = -1; s <= 1; s += 2)
        {
            SKPoint nostril = face.Place(s * 7.4f * w, y + 0.6f, 11);
            brush.Spot(canvas, nostril, 5.4f * w, 2.5f, deep, s * -14, 0.28f);
            for (int i = 0; i < line.Length; i++)
            {
                float a = (-0.36f + (0.92f * i / (line.Length - 1))) * MathF.PI;
                line[i] = face.Place(s * ((11.0f * w) + (5.6f * MathF.Cos(a))), y - 4.6f + (6.4f * MathF.Sin(a)), 8);
            }

            brush.Taper(canvas, line, 1.4f, 0.5f, fold);
            brush.Taper(canvas, line, 3.4f, 0.5f, fold.WithAlpha((byte)(fold.Alpha * 0.3f)));
        }

        SKPoint baseLeft = face.Place(-4.4f * w, y + 2.2f, 14);
        SKPoint baseRight = face.Place(4.4f * w, y + 2.2f, 14);
        brush.Spot(canvas, Curve.Mix(baseLeft, baseRight, 0.5f), 6 * w, 2.4f, (basis * 0.4f).Show(0.34f * natural));
        float side = light.Key.X < 0 ? -1 : 1;
        SKPoint tip = face.Place(side * 1.8f, y - 11.5f, 22);
        brush.Spot(canvas, tip, 4.6f, 3.8f, new SKColor(255, 244, 232, (byte)(50 + (36 * character.Stylisation))));
        brush.Spot(canvas, face.Place(side * 1.2f, y * 0.28f, 12), 2.6f, 12, new SKColor(255, 244, 232, 20));
    }
}
