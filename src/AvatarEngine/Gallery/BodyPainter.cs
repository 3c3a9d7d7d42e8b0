using System.Numerics;
using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Paints neck, shoulders and clothes once, in head coordinates (origin between the eyes of the resting head).</summary>
internal sealed class BodyPainter(GalleryCharacter character, Light light)
{
    private readonly FaceProportions _shape = character.Proportions;

    public void Draw(SKCanvas canvas)
    {
        var clothes = new ClothesPainter(character, light);
        clothes.DrawBehind(canvas);
        Neck(canvas);
        clothes.Draw(canvas);
    }

    /// <summary>Outline of neck and upper chest, to clip shadows to it.</summary>
    public static SKPath NeckPath(FaceProportions shape)
    {
        float n = 47 * shape.NeckWidth;
        using var b = new SKPathBuilder();
        b.MoveTo(-n - 2, 50);
        b.CubicTo(-n - 1, 100, -n + 1, 120, -n - 1, 142);
        b.CubicTo(-n - 4, 166, -n - 40, 178, -130, 196);
        b.LineTo(-150, 310);
        b.LineTo(150, 310);
        b.LineTo(130, 196);
        b.CubicTo(n + 40, 178, n + 4, 166, n + 1, 142);
        b.CubicTo(n - 1, 120, n + 1, 100, n + 2, 50);
        b.Close();
        return b.Detach();
    }

    private void Neck(SKCanvas canvas)
    {
        const int Rows = 44;
        const int Columns = 41;
        using var mesh = new SoftMesh(Rows, Columns);
        Rgb skin = Rgb.Hex(character.Palette.Skin) * new Rgb(0.97f, 0.94f, 0.92f);
        float n = 47 * _shape.NeckWidth;
        float chin = 127 * _shape.FaceLength;
        for (int r = 0; r < Rows; r++)
        {
            float y = 50 + (260f * r / (Rows - 1));
            float spread = Curve.Step(138, 200, y);
            float half = n + 3 + (spread * 105);
            for (int c = 0; c < Columns; c++)
            {
                float u = (2f * c / (Columns - 1)) - 1;
                float x = u * half;
                float round = Curve.Mix(0.95f, 0.45f, spread);
                float nx = u * round / MathF.Sqrt(1.02f - (u * u * round * round));
                float ny = -0.55f * spread;

                // Muscles from behind the ears to the pit, pit, and collar bones.
                float muscle = MathF.Abs(x) - Curve.Mix(n * 0.82f, 9, Curve.Step(95, 188, y));
                nx += MathF.Sign(x) * 0.34f * (muscle / 9) * Curve.Bell(muscle, 9) * Curve.Step(80, 120, y) * (1 - Curve.Step(184, 196, y));
                float bone = y - (196 - (MathF.Abs(x) * 0.10f));
                ny += 0.55f * (bone / 6) * Curve.Bell(bone, 6.5f) * Curve.Step(10, 24, MathF.Abs(x));
                float ao = 1 - (0.20f * Curve.Bell(x, 9) * Curve.Bell(y - 192, 10));
                ao *= 1 - (0.50f * Curve.Bell(y - chin + 14, 40));
                ao *= 1 - (0.28f * MathF.Pow(MathF.Abs(u), 6));
                Rgb colour = light.Shade(skin, Vector3.Normalize(new Vector3(nx, ny, 1)), ao, 0.05f, 12);
                mesh.Set(r, c, new SKPoint(x, y), colour.Show());
            }
        }

        using SKPath path = NeckPath(_shape);
        canvas.Save();
        canvas.ClipPath(path, SKClipOperation.Intersect, true);
        mesh.Draw(canvas);
        canvas.Restore();
    }
}
