using System.Text;

namespace Avatar2D.Gateway.Subscribers.Uploads;

/// <summary>What a file is by its first bytes; what the client calls it is not asked. Nothing is decoded here.</summary>
/// <param name="MediaType">RFC 6838 name.</param>
/// <param name="Kind">Photo or video.</param>
internal sealed record SourceType(string MediaType, AvatarKind Kind)
{
    /// <summary>So many bytes are looked at.</summary>
    public const int HeadBytes = 32;

    private static readonly string[] HeifBrands = ["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif", "avis"];

    /// <summary>Looks at the first bytes.</summary>
    /// <param name="head">Up to <see cref="HeadBytes"/>.</param>
    /// <param name="refusal">When null is returned: why, and what to do.</param>
    public static SourceType? Sniff(ReadOnlySpan<byte> head, out string refusal)
    {
        refusal = "";
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return new SourceType("image/jpeg", AvatarKind.Photo);
        if (head.StartsWith("\x89PNG\r\n\x1A\n"u8) || head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return new SourceType("image/png", AvatarKind.Photo);
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8))
            return new SourceType("image/webp", AvatarKind.Photo);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return new SourceType("video/webm", AvatarKind.Video);
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8))
        {
            string brand = Encoding.ASCII.GetString(head[8..12]);
            if (!HeifBrands.Contains(brand))
                return new SourceType(brand == "qt  " ? "video/quicktime" : "video/mp4", AvatarKind.Video);
            refusal = "This is an HEIF picture (iPhone's HEIC, or AVIF), which cannot be decoded here. Export it as JPEG or PNG and send that.";
            return null;
        }

        refusal = "Photos may be JPEG, PNG or WebP; videos MP4, MOV or WebM. The first bytes of this file are none of these.";
        return null;
    }
}
