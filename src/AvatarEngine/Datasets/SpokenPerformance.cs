using Avatar2D.AvatarEngine.Gallery;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>
/// One clip's acting: speech over idle motion, with how distinctly this person speaks and how the head is held in this clip drawn
/// by lot.
/// </summary>
internal sealed class SpokenPerformance : FaceTimeline
{
    private readonly FaceTimeline _speech;
    private readonly FaceTimeline _idle;
    private readonly FaceParameters _bearing;
    private readonly float _distinctness;

    /// <summary>Draws an acting.</summary>
    /// <param name="phones">What is spoken.</param>
    /// <param name="frames">Pictures.</param>
    /// <param name="person">Draws what stays from clip to clip.</param>
    /// <param name="turning">Factor on the head's own pose.</param>
    /// <param name="lot">Draws what changes from clip to clip.</param>
    public SpokenPerformance(IReadOnlyList<PhoneSpan> phones, int frames, int person, float turning, SeededRandom lot)
    {
        Duration = TimeSpan.FromSeconds((double)frames / ShardFormat.FrameRate);
        _speech = Speech(phones);
        _idle = Idle((int)(lot.Next() * 1_000_000), Duration);
        _distinctness = new SeededRandom(person + 7000).Next(0.85f, 1.15f);
        float smile = MathF.Max(0, lot.Next(-0.1f, 0.12f));
        float brows = MathF.Max(0, lot.Next(-0.2f, 0.2f));
        _bearing = new FaceParameters
        {
            HeadYaw = 0.06f * turning * lot.Normal(),
            HeadPitch = 0.035f * turning * lot.Normal(),
            HeadRoll = 0.03f * turning * lot.Normal(),
            HeadShiftX = 0.01f * lot.Normal(),
            HeadShiftY = 0.006f * lot.Normal(),
            HeadScale = lot.Next(-0.06f, 0.04f),
            MouthSmileLeft = smile,
            MouthSmileRight = smile,
            BrowInnerUp = brows,
            BrowOuterUpLeft = brows,
            BrowOuterUpRight = brows,
        };
    }

    /// <inheritdoc/>
    public override TimeSpan Duration { get; }

    /// <inheritdoc/>
    public override FaceParameters At(TimeSpan time) =>
        FaceParameters.Add(FaceParameters.Add(_speech.At(time).Times(_distinctness), _idle.At(time)), _bearing);
}
