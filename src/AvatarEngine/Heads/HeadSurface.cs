using System.Numerics;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>The colour of every place of one person's head, linear light, before any light falls on it. Immutable; any thread.</summary>
/// <param name="look">Who.</param>
/// <param name="paint">Where lips and brows are.</param>
internal sealed class HeadSurface(HeadLook look, FacePaint paint)
{
    private const float IrisRadius = 0.37f; // radians, seen from the middle of the eyeball
    private static readonly Vector3 Sclera = HeadLook.Srgb(0xE6, 0xE0, 0xDA);
    private static readonly Vector3 Gum = HeadLook.Srgb(0x9E, 0x4B, 0x4C);
    private readonly uint _seed = (uint)look.Seed;

    /// <summary>How much hair covers a place of the neutral head, 0 ... 1.</summary>
    public float HairAt(Vector3 rest)
    {
        if (look.Bald || (rest.Z > 7 && rest.Y < 5))
            return 0;
        float uneven = 0.5f * (Grain.At(rest * new Vector3(1.3f, 0.6f, 1.3f), _seed) - 0.5f);
        float aside = MathF.Abs(rest.X);
        float line = look.HairlineCm - (look.Fringe * Smooth(4, 1, MathF.Abs(rest.X - look.Parting))) - (1.1f * MathF.Max(0, aside - 4.2f));
        float top = Smooth(line - 0.25f, line + 0.25f, rest.Y + uneven);
        float edge = 2.4f + (0.35f * (rest.Y - 4));
        float behind = Smooth(edge + 0.4f, edge - 0.4f, rest.Z + uneven) * Smooth(look.HairLengthCm - 0.6f, look.HairLengthCm + 0.6f, rest.Y + uneven);
        bool ear = aside > 7.0f && rest.Y < 5.2f && rest.Y > -2.5f && rest.Z > -1.6f;
        return MathF.Max(top, ear && look.HairVolumeCm < 1.2f ? 0 : behind);
    }

    /// <summary>Skin, lips, brows, beard and hair.</summary>
    /// <param name="rest">Place on the neutral head.</param>
    /// <param name="inner">0 outside, 1 for the skin inside the mouth.</param>
    /// <param name="gloss">How much it shines.</param>
    public Vector3 Skin(Vector3 rest, float inner, out float gloss)
    {
        float coarse = Grain.At(rest * 0.9f, _seed + 1) - 0.5f;
        float fine = Grain.At(rest * 7, _seed + 2) - 0.5f;
        Vector3 colour = look.Skin * (Vector3.One + (look.Mottle * ((new Vector3(1.2f, 2, 2) * coarse) + new Vector3(fine))));
        gloss = look.Shine;
        if (rest.Z > 1)
        {
            float blush = 0.12f * Smooth(4, 1, Vector2.Distance(new(MathF.Abs(rest.X), rest.Y), new(4.4f, -0.3f)));
            colour *= Vector3.One - (blush * new Vector3(0.1f, 1, 0.9f));
            if (look.Freckles > 0)
                colour *= Vector3.One - (look.Freckles * Smooth(0.7f, 0.9f, Grain.At(rest * 11, _seed + 3)) * new Vector3(0.6f, 0.9f, 1));
            (float lips, float brow) = paint.At(rest);
            float onLips = Smooth(0.06f, -0.1f, lips);
            if (onLips > 0)
                colour = Vector3.Lerp(colour, look.Lips * (0.9f + (0.25f * Grain.At(rest * new Vector3(11, 2, 2), _seed + 4))), onLips);
            gloss += onLips * 0.15f;
            float width = look.BrowWidthCm * (1.15f - (0.1f * MathF.Abs(rest.X)));
            float onBrow = look.BrowStrength * Smooth(width + 0.16f, width * 0.5f, brow);
            if (onBrow > 0)
                colour = Vector3.Lerp(colour, look.Brow, MathF.Min(1, onBrow * (0.55f + (0.7f * Grain.At(rest * new Vector3(7, 12, 3), _seed + 5)))));
            float beard = BeardAt(rest, lips);
            if (beard > 0)
                colour = Vector3.Lerp(colour, look.Brow, MathF.Min(1, beard * (0.45f + (0.8f * Grain.At(rest * new Vector3(9, 5, 9), _seed + 6)))));
        }

        float hair = HairAt(rest);
        if (hair > 0)
        {
            float strand = Grain.At(rest * new Vector3(6, 0.8f, 6), _seed + 7);
            colour = Vector3.Lerp(colour, look.Hair * (0.45f + (0.9f * strand)), hair);
            gloss = float.Lerp(gloss, 0.06f, hair);
        }

        return Vector3.Lerp(colour, Gum * 0.5f * MathF.Sqrt(look.Skin.X + 0.2f), inner);
    }

    /// <summary>The eyeball: white, iris, pupil.</summary>
    /// <param name="way">From the eyeball's middle to the place, unit.</param>
    /// <param name="gaze">Where the eye looks, unit.</param>
    public Vector3 Eye(Vector3 way, Vector3 gaze)
    {
        float angle = MathF.Acos(Math.Clamp(Vector3.Dot(way, gaze), -1, 1));
        Vector3 white = Sclera * (1 - (0.35f * Smooth(0.45f, 0.95f, angle)));
        Vector3 around = way - gaze;
        float ray = 0.75f + (0.5f * Grain.At(new Vector3(MathF.Atan2(around.Y, around.X) * 6, angle * 4, 0), _seed + 8));
        Vector3 iris = look.Iris * ray * (1 - (0.65f * Smooth(IrisRadius * 0.75f, IrisRadius, angle)));
        Vector3 colour = Vector3.Lerp(iris, white, Smooth(IrisRadius - 0.03f, IrisRadius + 0.03f, angle));
        return Vector3.Lerp(new Vector3(0.004f), colour, Smooth(look.Pupil - 0.02f, look.Pupil + 0.02f, angle));
    }

    /// <summary>Teeth, or gums and tongue; darker the farther back.</summary>
    /// <param name="rest">Place on the neutral head.</param>
    /// <param name="tooth">Which of the two.</param>
    public Vector3 Mouth(Vector3 rest, bool tooth)
    {
        float light = Math.Clamp((rest.Z - paint.MouthZ + 5.2f) / 5.6f, 0.05f, 1);
        Vector3 colour = tooth ? look.Teeth : Gum * (0.85f + (0.3f * Grain.At(rest * 5, _seed + 9)));
        return colour * (light * light * 0.75f);
    }

    private float BeardAt(Vector3 rest, float lips)
    {
        if (look.Beard <= 0)
            return 0;
        float aside = MathF.Abs(rest.X);
        float cheek = Smooth(paint.Mouth.Y + 1.2f, paint.Mouth.Y - 1.0f, rest.Y - (0.28f * MathF.Max(0, aside - 3)));
        float neck = Smooth(paint.Chin - 3.2f, paint.Chin - 1.2f, rest.Y);
        float below = look.Beard * cheek * neck * (rest.Y < paint.Mouth.Y || aside > 2.6f ? 1 : 0);
        float above = look.Moustache * Smooth(3.1f, 2.2f, aside) * Smooth(paint.NoseBase - 0.1f, paint.NoseBase - 0.6f, rest.Y) * (rest.Y > paint.Mouth.Y - 0.3f ? 1 : 0);
        return MathF.Max(below, above) * Smooth(0.05f, 0.3f, lips);
    }

    /// <summary>0 at <paramref name="from"/>, 1 at <paramref name="to"/>, smooth between; the two may stand in either order.</summary>
    internal static float Smooth(float from, float to, float value)
    {
        float t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }
}
