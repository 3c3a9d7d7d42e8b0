using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>How the avatar's pictures say that they were generated (Regulation (EU) 2024/1689, Art. 50 (2) and (4)).</summary>
public sealed record MarkOptions
{
    /// <summary>
    /// Words in a corner of every picture, for people. A subscriber may have other words, but not none. Letters A to Z, digits,
    /// point, hyphen, blank. Empty: no label.
    /// </summary>
    /// <value>Default: AI avatar. Unit: text, at most 24 characters.</value>
    [RegularExpression(@"[A-Za-z0-9 .-]{0,24}")]
    public string Label { get; init; } = "AI avatar";

    /// <summary>
    /// True: marks for machines. In calls, SEI user_data_unregistered (ITU-T H.264, H.265) with every key frame; in films, XMP
    /// with the IPTC's digital source type "trainedAlgorithmicMedia".
    /// </summary>
    /// <value>Default: true. Unit: true or false.</value>
    public bool MachineReadable { get; init; } = true;
}
