namespace Avatar2D.AvatarEngine.Avatars;

/// <summary>
/// By how much a model's motion codes are stretched for one face, so that it opens its mouth as far as its person does: people that the
/// model never saw open it a third too little, some too far. It belongs to the model that it was measured with; any other takes 1.
/// </summary>
/// <param name="Model">Name of that model.</param>
/// <param name="Factor">Of the opening (<see cref="Models.MotionCode.Stretch"/>), <see cref="Least"/> ... <see cref="Most"/>.</param>
public sealed record MouthGain(string Model, float Factor)
{
    /// <summary>The smallest factor.</summary>
    public const float Least = 0.8f;

    /// <summary>The largest factor.</summary>
    public const float Most = 1.6f;

    /// <summary>The factor for a model, within its bounds whatever the file says.</summary>
    public static float For(MouthGain? gain, string model) =>
        gain is { Factor: var factor } && gain.Model == model && float.IsFinite(factor) ? Math.Clamp(factor, Least, Most) : 1;
}
