namespace Avatar2D.AvatarEngine.Datasets;

/// <summary>How a synthetic clip was made, exactly.</summary>
/// <param name="Character">Name of the drawn person.</param>
/// <param name="Voice">Who speaks.</param>
/// <param name="Text">What is said.</param>
/// <param name="Phones">Every phone with its time in the clip.</param>
public sealed record SyntheticTruth(string Character, string Voice, string Text, IReadOnlyList<TimedPhone> Phones);
