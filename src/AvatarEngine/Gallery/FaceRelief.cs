using SkiaSharp;

namespace Avatar2D.AvatarEngine.Gallery;

/// <summary>Puts the relief of a face (bones, nose, muzzle, folds), its shadows and its reds on the <see cref="SkinSurface"/>.</summary>
internal static class FaceRelief
{
    public static void Apply(SkinSurface skin, FaceShape face, Light light)
    {
        GalleryCharacter c = face.Character;
        FaceProportions p = c.Proportions;
        float natural = 1 - (0.55f * c.Stylisation);
        Bones(skin, face, p, natural, c.Age);
        Nose(skin, face, p, natural, light);
        Muzzle(skin, face, natural, c.Age);
        Colour(skin, face, c);
    }

    private static void Bones(SkinSurface skin, FaceShape face, FaceProportions p, float natural, float age)
    {
        FaceParameters m = face.Parameters;
        foreach (EyeShape eye in face.Eyes)
        {
            int s = eye.Side;
            float ex = eye.CentreX;
            float smile = s < 0 ? m.MouthSmileRight : m.MouthSmileLeft;
            float size = p.EyeSize;
            skin.Bump(face.Place(s * 30, -25 - ((size - 1) * 14)), 22, 8, 2.2f * p.BrowRidge * natural, s * -6);
            skin.Bump(face.Place(ex, -3), 17 * size, 11 * size, -4.2f * natural);
            skin.Bump(face.Place(ex, 0), 12 * size, 8 * size, 2.6f);
            skin.Occlude(face.Place(ex - (s * 15 * size), -6), 9, 9, 0.30f * natural);
            skin.Occlude(face.Place(ex, -9 * size), 16 * size, 6 * size, 0.20f * natural);
            skin.Occlude(face.Place(ex, 10 * size), 15 * size, 5, (0.07f + (0.16f * age)) * natural, s * -8);
            skin.Bump(face.Place(ex - (s * 2), 13 * size), 15, 4.5f, -0.9f - (1.4f * age), s * -8);
            skin.Bump(face.Place(s * 52, 24), 20, 13, 4.4f * p.Cheekbones * natural, s * -24);
            skin.Bump(face.Place(s * 41, 38 - (4 * smile)), 17, 15, 3.2f + (3.6f * smile));
            skin.Bump(face.Place(s * 55, 66), 13, 20, -2.4f * p.Cheekbones * natural - age);
            skin.Bump(face.Place(s * 72, -38), 12, 22, -2f * natural);
            skin.Bump(face.Place(s * 28, -66), 26, 22, 1.8f);
            skin.Bump(face.Place(s * 50, 78), 15, 15, 7 * m.CheekPuff);
        }

        skin.Bump(face.Place(0, -60), 46, 30, 3f);
        float raised = m.BrowInnerUp + (0.5f * (m.BrowOuterUpLeft + m.BrowOuterUpRight));
        for (int i = 0; i < 3; i++)
        {
            skin.Bump(face.Place(0, -48 - (i * 13) - (3 * raised)), 42, 2.6f, -((0.45f * age) + (0.30f * raised)) * natural);
        }

        float frown = (m.BrowDownLeft + m.BrowDownRight) * 0.5f;
        skin.Bump(face.Place(-5, -18), 2.4f, 8, (-0.7f * frown) - (0.4f * age));
        skin.Bump(face.Place(5, -18), 2.4f, 8, (-0.7f * frown) - (0.4f * age));
    }

    private static void Nose(SkinSurface skin, FaceShape face, FaceProportions p, float natural, Light light)
    {
        float y = face.NoseY;
        float w = p.NoseWidth;
        float h = p.NoseHeight * (0.45f + (0.55f * natural));
        skin.Bump(face.Place(0, -6, 4), 10, 11, -2.2f * natural);
        skin.Bump(face.Place(0, (y * 0.33f) - 2, 10), 6.2f * w, y * 0.52f, 5.6f * h * natural);
        skin.Bump(face.Place(0, y - 9, 20), 10f * w, 10f, 7.6f * h);
        foreach (int s in (ReadOnlySpan<int>)[-1, 1])
        {
            skin.Bump(face.Place(s * 12.2f * w, y - 5, 8), 5.6f, 6f, 4.2f * h);
            skin.Occlude(face.Place(s * 18f * w, y - 4, 5), 3.6f, 7f, 0.24f * natural, s * -18);
            skin.Occlude(face.Place(s * 8f * w, y + 1.5f, 8), 7f, 3.2f, 0.30f);
            skin.Occlude(face.Place(s * 9.5f, 2, 4), 4.5f, 13, 0.12f * natural);
        }

        skin.Occlude(face.Place(0, y + 5, 6), 15 * w, 6, 0.30f);
        float shade = light.Key.X > 0 ? -1 : 1;
        skin.Occlude(face.Place(shade * 17 * w, y - 10, 4), 9, 16, 0.22f * Math.Abs(light.Key.X) * 1.6f);
        skin.Occlude(face.Place(shade * 6 * w, y + 8, 4), 12, 7, 0.16f);
        skin.Redden(face.Place(0, y - 8, 18), 11, 9, 0.24f);
        skin.Redden(face.Place(-13 * w, y - 3, 8), 7, 7, 0.26f);
        skin.Redden(face.Place(13 * w, y - 3, 8), 7, 7, 0.26f);
    }

    private static void Muzzle(SkinSurface skin, FaceShape face, float natural, float age)
    {
        MouthShape mouth = face.Mouth;
        FaceParameters m = face.Parameters;
        const int Middle = MouthShape.Points / 2;
        SKPoint left = mouth.UpperOuter[0];
        SKPoint right = mouth.UpperOuter[^1];
        SKPoint top = mouth.UpperOuter[Middle];
        SKPoint bottom = mouth.LowerOuter[Middle];
        float centreX = (left.X + right.X) / 2;
        float round = Math.Min(1, m.MouthPucker + m.MouthFunnel);
        skin.Bump(new SKPoint(centreX, (top.Y + bottom.Y) / 2), 29 - (4 * round), 22 + (mouth.Opening * 0.3f), 4.6f + (2.2f * round));
        skin.Bump(new SKPoint(top.X, (top.Y + face.NoseY + 6) / 2), 3f, 6, -0.6f * natural);
        skin.Bump(new SKPoint(top.X - 4.6f, (top.Y + face.NoseY + 6) / 2), 2.6f, 6, 0.35f * natural);
        skin.Bump(new SKPoint(top.X + 4.6f, (top.Y + face.NoseY + 6) / 2), 2.6f, 6, 0.35f * natural);
        skin.Occlude(new SKPoint(bottom.X, bottom.Y + 5), 17, 5, 0.26f);
        skin.Bump(new SKPoint(bottom.X, bottom.Y + 7), 19, 5.5f, -2.4f);
        SKPoint chin = face.Place(0, face.ChinY - 14, 4);
        skin.Bump(chin, 15 * face.Character.Proportions.ChinWidth, 11, 4.6f);
        skin.Occlude(new SKPoint(left.X - 3, left.Y + 1), 6, 5, 0.15f);
        skin.Occlude(new SKPoint(right.X + 3, right.Y + 1), 6, 5, 0.15f);
        for (int s = -1; s <= 1; s += 2)
        {
            SKPoint corner = s < 0 ? left : right;
            float smile = s < 0 ? m.MouthSmileRight : m.MouthSmileLeft;
            float stretch = s < 0 ? m.MouthStretchRight : m.MouthStretchLeft;
            float sneer = s < 0 ? m.MouthUpperUpRight : m.MouthUpperUpLeft;
            float fold = (0.40f + (1.5f * age) + (1.15f * smile) + (0.5f * stretch) + (0.6f * sneer)) * natural;
            SKPoint from = face.Place(s * 20, face.NoseY - 2);
            for (int i = 0; i < 4; i++)
            {
                float t = i / 3f;
                var at = new SKPoint(
                    Curve.Mix(from.X, corner.X + (s * 8), t) + (s * 2.5f * MathF.Sin(t * MathF.PI)),
                    Curve.Mix(from.Y, corner.Y + 1, t));
                float angle = s * -(28 + (8 * t));
                skin.Bump(at, 4.4f, 9, -fold * (1 - (0.35f * t)), angle);
                skin.Occlude(at, 3.6f, 8, 0.04f * fold, angle);
            }

            skin.Bump(new SKPoint(corner.X + (s * 8), corner.Y + 7), 6, 12, -0.8f - age, s * 14);
        }
    }

    private static void Colour(SkinSurface skin, FaceShape face, GalleryCharacter c)
    {
        MouthShape mouth = face.Mouth;
        float smile = (face.Parameters.MouthSmileLeft + face.Parameters.MouthSmileRight) / 2;
        for (int s = -1; s <= 1; s += 2)
        {
            float blush = 0.17f + (0.34f * c.MakeUp.Blush) + (0.1f * c.Stylisation);
            skin.Redden(face.Place(s * 47, 33 - (3 * smile)), 22, 16, blush, s * -20);
            skin.Redden(face.Place(s * 33, 8), 18, 8, 0.09f);
            skin.Redden(face.Place(s * 66, 12), 12, 22, 0.08f);
        }

        skin.Redden(face.Place(0, face.ChinY - 12), 16, 10, 0.12f);
        if (c.Beard != BeardStyle.None)
        {
            SKPoint lip = mouth.UpperOuter[MouthShape.Points / 2];
            skin.Tint(new SKPoint(lip.X, lip.Y - 6), 24, 7, 0.34f);
            skin.Tint(face.Place(0, 112), 42, 22, 0.36f);
            skin.Tint(face.Place(-56, 78), 15, 26, 0.32f, -20);
            skin.Tint(face.Place(56, 78), 15, 26, 0.32f, 20);
        }
    }
}
