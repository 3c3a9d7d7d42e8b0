namespace Avatar2D.Gateway.Offline;

/// <summary>What moves the mouth of a film: the driving inputs of TR 26.813 §6.3.2.</summary>
internal enum FilmDriver
{
    /// <summary>A recording.</summary>
    Audio,

    /// <summary>A text, spoken by a synthesizer.</summary>
    Text,

    /// <summary>The face of a person in another film.</summary>
    Video,
}
