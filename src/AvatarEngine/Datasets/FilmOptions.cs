using Avatar2D.AvatarEngine.Faces;

namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>Borders of what is worth learning from.</summary>
public sealed record FilmOptions
{
    /// <summary>Least pictures of a clip.</summary>
    /// <value>Default: 25, one second.</value>
    public int ShortestClip { get; init; } = 25;

    /// <summary>Most pictures of a clip; a longer stretch makes several.</summary>
    /// <value>Default: 750, 30 seconds.</value>
    public int LongestClip { get; init; } = 750;

    /// <summary>Least distance of the eyes, film pixels.</summary>
    /// <value>Default: 24: the patch then shows each pixel nearly three times.</value>
    public double MinEyeDistancePx { get; init; } = 24;

    /// <summary>Least pictures a second of a film.</summary>
    /// <value>Default: 15; between slower pictures lips cannot be followed.</value>
    public double MinFilmRate { get; init; } = 15;

    /// <summary>Pictures by which mouth and sound may differ; what differs more is shifted.</summary>
    /// <value>Default: 2.</value>
    public int MaxLagFrames { get; init; } = 2;

    /// <summary>Pictures by which mouth and sound are tried against each other where a voice network judges.</summary>
    /// <value>Default: 15, 0.6 s; over ten seconds the sound of others reaches r 0.25 at some such lag, the own one 0.4 and more.</value>
    public int TriedLagFrames { get; init; } = 15;

    /// <summary>Correlation of loudness (or of what the voice asks for) with lip opening from which a lag is believed and shifted.</summary>
    /// <value>Default: 0.3.</value>
    public double MinShiftCorrelation { get; init; } = 0.3;

    /// <summary>Change of the mean luma of a pixel that is a cut, grey levels.</summary>
    /// <value>Default: 30; speaking heads before a still background change by less than 5.</value>
    public double CutDifference { get; init; } = 30;

    /// <summary>Sound below this is mute, root mean square of full scale.</summary>
    /// <value>Default: 0.0005 (-66 dB).</value>
    public double MinLoudness { get; init; } = 0.0005;

    /// <summary>Borders of a single picture; heads may turn further than in an avatar.</summary>
    public FaceQualityOptions Quality { get; init; } = new() { MaxYaw = 0.7f, MaxPitch = 0.7f, MinEyeDistancePx = 0, MinLuma = 0.06f };
}
