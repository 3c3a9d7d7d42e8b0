using Avatar2D.Media;

namespace Avatar2D.AvatarEngine.Sources;

/// <summary>
/// Pictures of a film in the order of showing. The engine defines it and its host fills it from a decoder, so that the engine
/// knows no codec. Used by one thread.
/// </summary>
public interface IPictureReader : IDisposable
{
    /// <summary>The picture last read; valid until the next call. All pictures of a stream are upright.</summary>
    I420View Picture { get; }

    /// <summary>When that picture is shown, on the film's own timeline.</summary>
    TimeSpan Time { get; }

    /// <summary>Length of the film, for progress; null when it does not say.</summary>
    TimeSpan? Duration { get; }

    /// <summary>Reads the next picture.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">The film cannot be read on.</exception>
    bool TryRead();

    /// <summary>Back to before the first picture.</summary>
    /// <exception cref="InvalidDataException">The film is gone.</exception>
    void Rewind();
}
