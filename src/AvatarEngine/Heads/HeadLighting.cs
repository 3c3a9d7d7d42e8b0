using System.Numerics;

namespace Avatar2D.AvatarEngine.Heads;

/// <summary>Turns a surface's colour into what the camera sees of it, linear light.</summary>
/// <param name="scene">The light.</param>
internal sealed class HeadLighting(HeadScene scene)
{
    /// <summary>Red light goes farther through skin than blue: how far each wraps around an edge.</summary>
    private static readonly Vector3 SkinWrap = new(0.32f, 0.14f, 0.09f);

    /// <summary>Lights a place.</summary>
    /// <param name="colour">Of the surface.</param>
    /// <param name="normal">Unit, picture's axes.</param>
    /// <param name="gloss">Mirror-like part.</param>
    /// <param name="shade">0 (hidden) ... 1 (open): share of the light that reaches the place.</param>
    /// <param name="soft">Whether light goes through, as in skin.</param>
    public Vector3 Lit(Vector3 colour, Vector3 normal, float gloss, float shade, bool soft)
    {
        Vector3 wrap = soft ? SkinWrap : Vector3.Zero;
        Vector3 diffuse = (scene.KeyLight * Lambert(normal, scene.Key, wrap)) + (scene.RimLight * Lambert(normal, scene.Rim, wrap));
        float up = 0.5f + (0.5f * normal.Y);
        Vector3 ambient = Vector3.Lerp(scene.Ground, scene.Sky, up);
        float facing = MathF.Max(0, normal.Z);
        float mirror = gloss * MathF.Pow(MathF.Max(0, Vector3.Dot(normal, Vector3.Normalize(scene.Key + Vector3.UnitZ))), 24);
        float edge = 0.03f * MathF.Pow(1 - facing, 4);
        return (((colour * (diffuse + ambient)) + (scene.KeyLight * mirror) + (ambient * edge)) * (shade * scene.Exposure));
    }

    /// <summary>The small bright mirror image of the light on a wet eye.</summary>
    public Vector3 Glint(Vector3 normal)
    {
        Vector3 half = Vector3.Normalize(scene.Key + Vector3.UnitZ);
        return scene.KeyLight * (HeadSurface.Smooth(0.985f, 0.995f, Vector3.Dot(normal, half)) * 0.9f);
    }

    private static Vector3 Lambert(Vector3 normal, Vector3 light, Vector3 wrap) =>
        Vector3.Max(Vector3.Zero, (new Vector3(Vector3.Dot(normal, light)) + wrap) / (Vector3.One + wrap));
}
