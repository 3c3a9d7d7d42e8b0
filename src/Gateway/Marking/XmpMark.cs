using System.Buffers.Binary;
using System.Text;

namespace Avatar2D.Gateway.Marking;

/// <summary>
/// The mark of generated films for machines: XMP in an MP4 file's last box (ISO 16684-1; Adobe XMP Specification Part 3 §1.1.6.1: a box
/// "uuid"), with the IPTC's digital source type (Photo Metadata Standard 2023.1). Players pass over it; exiftool and ffprobe
/// -export_xmp show it.
/// </summary>
internal static class XmpMark
{
    /// <summary>The box's name (big-endian).</summary>
    private static readonly Guid BoxId = new("be7acfcb-97a9-42e8-9c71-999491e3afac");

    /// <summary>What it says.</summary>
    public const string SourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private const string Packet =
        $"""
        <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
         xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
         xmp:CreatorTool="Avatar2D" Iptc4xmpExt:DigitalSourceType="{SourceType}"/></rdf:RDF></x:xmpmeta>
        <?xpacket end="r"?>
        """;

    /// <summary>Appends the box to a finished MP4 file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Append(string path)
    {
        byte[] packet = Encoding.UTF8.GetBytes(Packet);
        byte[] box = new byte[8 + 16 + packet.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        "uuid"u8.CopyTo(box.AsSpan(4));
        BoxId.TryWriteBytes(box.AsSpan(8), bigEndian: true, out _);
        packet.CopyTo(box, 24);
        using FileStream file = new(path, FileMode.Append, FileAccess.Write);
        file.Write(box);
    }
}
