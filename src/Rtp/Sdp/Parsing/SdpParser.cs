using System.Text;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Splits a body into lines and feeds them to the builders. Tolerant on purpose: see the interop table in the tests.</summary>
internal static class SdpParser
{
    public static bool TryParse(ReadOnlySpan<byte> body, out SdpSession? session, out SdpError error)
    {
        session = null;
        if (body.Length > SdpLimits.MaxBodyBytes)
        {
            error = new(SdpRejection.TooLarge, 0);
            return false;
        }

        var builder = new SdpSessionBuilder();
        int number = 0;
        bool any = false;
        body = body.TrimEnd((byte)0);
        while (!body.IsEmpty)
        {
            int end = body.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? body : body[..end];
            body = end < 0 ? [] : body[(end + 1)..];
            number++;
            line = line.TrimEnd("\r \t"u8);
            if (line.IsEmpty)
            {
                continue;
            }

            SdpRejection reason = CheckLine(line, number, any);
            if (reason == SdpRejection.None && any)
            {
                reason = builder.Add((char)line[0], Encoding.UTF8.GetString(line[2..]));
            }

            if (reason != SdpRejection.None)
            {
                error = new(reason, number);
                return false;
            }

            any = true;
        }

        if (!any)
        {
            error = new(SdpRejection.Empty, 0);
            return false;
        }

        session = builder.Build();
        error = session is null ? new(SdpRejection.BadOrigin, 0) : default;
        return session is not null;
    }

    private static SdpRejection CheckLine(ReadOnlySpan<byte> line, int number, bool versionSeen)
    {
        if (line.Length > SdpLimits.MaxLineBytes)
        {
            return SdpRejection.LineTooLong;
        }

        if (number > SdpLimits.MaxLines)
        {
            return SdpRejection.TooManyLines;
        }

        if (!versionSeen)
        {
            return line.SequenceEqual("v=0"u8) ? SdpRejection.None : SdpRejection.BadVersion;
        }

        bool good = line.Length >= 2 && line[1] == (byte)'=' && char.IsAsciiLetter((char)line[0]) && line.IndexOfAny((byte)0, (byte)'\r') < 0;
        return good ? SdpRejection.None : SdpRejection.BadLine;
    }
}
