using System.Globalization;
using System.Text;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Writes the model in the order of RFC 8866 §5.</summary>
internal static class SdpWriter
{
    private const string NewLine = "\r\n";

    public static string Write(SdpSession session)
    {
        var text = new StringBuilder(512);
        Line(text, "v=0");
        Line(text, session.Origin.ToString());
        Line(text, "s=" + (session.Name.Length == 0 ? "-" : session.Name));
        Others(text, session.OtherLines, "iuep");
        if (session.Connection is not null)
        {
            Line(text, session.Connection.ToString());
        }

        Bandwidths(text, session.Bandwidths);
        foreach (string time in session.Times)
        {
            Line(text, "t=" + time);
        }

        Others(text, session.OtherLines, "rzk");
        OthersExcept(text, session.OtherLines, "iueprzk");
        Attributes(text, session.Attributes);
        foreach (SdpMedia media in session.Media)
        {
            Write(text, media);
        }

        return text.ToString();
    }

    public static string Write(SdpMedia media)
    {
        var text = new StringBuilder(256);
        Write(text, media);
        return text.ToString();
    }

    private static void Write(StringBuilder text, SdpMedia media)
    {
        text.Append("m=").Append(media.Media).Append(' ').Append(media.Port.ToString(CultureInfo.InvariantCulture));
        if (media.PortCount != 1)
        {
            text.Append('/').Append(media.PortCount.ToString(CultureInfo.InvariantCulture));
        }

        text.Append(' ').Append(media.Protocol);
        foreach (string format in media.Formats)
        {
            text.Append(' ').Append(format);
        }

        text.Append(NewLine);
        Others(text, media.OtherLines, "i");
        if (media.Connection is not null)
        {
            Line(text, media.Connection.ToString());
        }

        Others(text, media.OtherLines, "c");
        Bandwidths(text, media.Bandwidths);
        Others(text, media.OtherLines, "k");
        OthersExcept(text, media.OtherLines, "ick");
        Attributes(text, media.Attributes);
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append(NewLine);

    private static void Bandwidths(StringBuilder text, IEnumerable<SdpBandwidth> bandwidths)
    {
        foreach (SdpBandwidth bandwidth in bandwidths)
        {
            Line(text, bandwidth.ToString());
        }
    }

    private static void Attributes(StringBuilder text, IEnumerable<SdpAttributeLine> attributes)
    {
        foreach (SdpAttributeLine attribute in attributes)
        {
            Line(text, attribute.ToString());
        }
    }

    private static void Others(StringBuilder text, IEnumerable<SdpLine> lines, string letters)
    {
        foreach (char letter in letters)
        {
            foreach (SdpLine line in lines)
            {
                if (line.Type == letter)
                {
                    Line(text, line.ToString());
                }
            }
        }
    }

    private static void OthersExcept(StringBuilder text, IEnumerable<SdpLine> lines, string letters)
    {
        foreach (SdpLine line in lines)
        {
            if (!letters.Contains(line.Type, StringComparison.Ordinal))
            {
                Line(text, line.ToString());
            }
        }
    }
}
