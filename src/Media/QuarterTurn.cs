namespace Avatar2D.Media;

/// <summary>Clockwise turn of a picture, as a phone notes it in its recordings.</summary>
public enum QuarterTurn
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>90 degrees clockwise.</summary>
    Right,

    /// <summary>180 degrees.</summary>
    Half,

    /// <summary>90 degrees counter-clockwise.</summary>
    Left,
}
