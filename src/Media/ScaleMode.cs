namespace Avatar2D.Media;

/// <summary>What happens when source and target have different shapes.</summary>
public enum ScaleMode
{
    /// <summary>The whole source is visible; the rest of the target is black.</summary>
    Letterbox,

    /// <summary>The target is full; what does not fit of the source is cut off evenly on both sides.</summary>
    Crop,

    /// <summary>The source is stretched to the target.</summary>
    Stretch,
}
