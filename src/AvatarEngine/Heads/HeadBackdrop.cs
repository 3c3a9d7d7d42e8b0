using System.Numerics;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>What stands behind the head and below it: a blurred room, and shoulders in clothes. Linear light.</summary>
internal static class HeadBackdrop
{
    private const float ShoulderCm = -12.2f;

    /// <summary>The room, one colour a pixel.</summary>
    public static Vector3[] Room(HeadScene scene, int size)
    {
        var room = new Vector3[size * size];
        for (int i = 0; i < room.Length; i++)
        {
            var at = new Vector3((float)(i % size) / size, (float)(i / size) / size, 0.5f) * scene.BackdropGrain;
            float mix = (0.7f * Grain.At(at, scene.BackdropSeed)) + (0.3f * Grain.At(at * 3.1f, scene.BackdropSeed + 1));
            room[i] = Vector3.Lerp(scene.BackdropA, scene.BackdropB, HeadSurface.Smooth(0.2f, 0.8f, mix)) * (0.95f + (0.1f * Grain.Hash(i % size, i / size, 0, 7)));
        }

        return room;
    }

    /// <summary>How far a place of the picture lies inside the clothes, centimetres, negative outside.</summary>
    /// <param name="x">Centimetres from the middle of the neck.</param>
    /// <param name="y">Centimetres over the head's zero.</param>
    public static float Clothes(float x, float y)
    {
        float aside = MathF.Abs(x);
        float neckline = aside < 5.4f ? ShoulderCm + 0.6f - (0.55f * MathF.Sqrt(MathF.Max(0, 29 - (aside * aside)))) : ShoulderCm + 0.6f;
        float shoulder = ShoulderCm + 0.6f - (0.011f * aside * aside);
        return MathF.Min(neckline, shoulder) - y;
    }
}
