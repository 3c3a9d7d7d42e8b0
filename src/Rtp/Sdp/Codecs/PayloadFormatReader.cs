using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Joins the formats of an m-line with its rtpmap and fmtp attributes.</summary>
internal static class PayloadFormatReader
{
    public static ImmutableArray<PayloadFormat> Read(SdpMedia media)
    {
        var maps = new PayloadFormat?[PayloadFormat.Last + 1];
        var parameters = new FormatParameters?[PayloadFormat.Last + 1];
        foreach (string value in media.AttributeValues("rtpmap"))
        {
            if (PayloadFormat.TryParseRtpMap(value, out PayloadFormat? map))
            {
                maps[map!.PayloadType] ??= map;
            }
        }

        foreach (string value in media.AttributeValues("fmtp"))
        {
            int blank = value.IndexOf(' ', StringComparison.Ordinal);
            if (blank > 0 && TryPayloadType(value[..blank], out int payloadType))
            {
                parameters[payloadType] ??= FormatParameters.Parse(value[(blank + 1)..]);
            }
        }

        var formats = ImmutableArray.CreateBuilder<PayloadFormat>(media.Formats.Length);
        Span<bool> seen = stackalloc bool[PayloadFormat.Last + 1];
        foreach (string word in media.Formats)
        {
            if (TryPayloadType(word, out int payloadType) && !seen[payloadType])
            {
                seen[payloadType] = true;
                PayloadFormat format = maps[payloadType] ?? StaticPayloadTypes.Find(payloadType)
                    ?? new(payloadType, "", 0, 1, FormatParameters.None);
                formats.Add(format with { Parameters = parameters[payloadType] ?? FormatParameters.None });
            }
        }

        return formats.ToImmutable();
    }

    private static bool TryPayloadType(string text, out int payloadType) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out payloadType) && payloadType <= PayloadFormat.Last;
}
