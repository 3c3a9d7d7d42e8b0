namespace Avatar2D.AvatarEngine.Models;

/// <summary>Networks of a face model; the file of each is its name with .onnx.</summary>
public static class NetworkNames
{
    /// <summary>Source picture and two references -> feature maps, once per source frame.</summary>
    public const string SourceEncoder = "source_encoder";

    /// <summary>Feature maps and z -> flow, weights, colour, mask; once per picture of a call.</summary>
    public const string Decoder = "decoder";

    /// <summary>Log-mel window -> z.</summary>
    public const string AudioEncoder = "audio_encoder";

    /// <summary>Mouth picture -> residual part of z. A model may lack it.</summary>
    public const string VisualEncoder = "visual_encoder";

    /// <summary>The networks that animating by voice needs.</summary>
    public static IReadOnlyList<string> Required { get; } = [SourceEncoder, Decoder, AudioEncoder];
}
