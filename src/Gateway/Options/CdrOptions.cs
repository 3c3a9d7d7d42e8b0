using System.ComponentModel.DataAnnotations;

namespace Avatar2D.Gateway.Options;

/// <summary>Call detail records: one JSON object per line and call.</summary>
public sealed record CdrOptions
{
    /// <summary>False: no records are written.</summary>
    /// <value>Default: true. Unit: true or false.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// File that records are appended to; its folder is made when missing. It may be moved away at any time (logrotate). A
    /// relative path starts at the working directory.
    /// </summary>
    /// <value>Default: out/cdr.jsonl. Unit: file path.</value>
    [StringLength(4096, MinimumLength = 1)]
    public string Path { get; init; } = "out/cdr.jsonl";

    /// <summary>
    /// Header fields of the INVITE that the record carries as they are, such as P-Charging-Vector or a PBX's own; only from
    /// <see cref="SipOptions.TrustedPeers"/>, as anybody can write anything.
    /// </summary>
    /// <value>Default: empty. Unit: list of header field names.</value>
    public IReadOnlyList<string> Headers { get; init; } = [];
}
