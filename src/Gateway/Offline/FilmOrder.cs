using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Offline;

/// <summary>A film to be made.</summary>
internal sealed record FilmOrder
{
    /// <summary>Who speaks.</summary>
    public required string Avatar { get; init; }

    /// <summary>What moves the mouth.</summary>
    public required FilmDriver Driver { get; init; }

    /// <summary>The driving input: a file with sound, of a text what was spoken, or a film of a person.</summary>
    public required string Driving { get; init; }

    /// <summary>The MP4 file.</summary>
    public required string Output { get; init; }

    /// <summary>Pixels, even.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels, even.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures a second.</summary>
    public required int FramesPerSecond { get; init; }

    /// <summary>How it says that it was generated.</summary>
    public required MarkOptions Mark { get; init; }

    /// <summary>Coding of the pictures.</summary>
    public required VideoCodec Codec { get; init; }
}
