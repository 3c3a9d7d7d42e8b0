using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Collects the lines under one m-line while a body is parsed.</summary>
internal sealed class SdpMediaBuilder
{
    private readonly SdpMedia _line;
    private readonly ImmutableArray<SdpBandwidth>.Builder _bandwidths = ImmutableArray.CreateBuilder<SdpBandwidth>();
    private readonly ImmutableArray<SdpAttributeLine>.Builder _attributes = ImmutableArray.CreateBuilder<SdpAttributeLine>();
    private readonly ImmutableArray<SdpLine>.Builder _others = ImmutableArray.CreateBuilder<SdpLine>();
    private SdpConnection? _connection;

    private SdpMediaBuilder(SdpMedia line) => _line = line;

    /// <summary>Reads "media port[/count] proto fmt..."; formats may be missing, as some peers do on refused lines.</summary>
    public static SdpRejection TryOpen(string value, out SdpMediaBuilder? builder)
    {
        builder = null;
        string[] words = value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3)
        {
            return SdpRejection.BadMedia;
        }

        if (words.Length - 3 > SdpLimits.MaxFormats)
        {
            return SdpRejection.TooManyFormats;
        }

        int count = 1;
        int slash = words[1].IndexOf('/', StringComparison.Ordinal);
        string port = slash < 0 ? words[1] : words[1][..slash];
        if (!TryNumber(port, 65_535, out int number) || (slash >= 0 && !TryNumber(words[1][(slash + 1)..], 65_535, out count)))
        {
            return SdpRejection.BadMedia;
        }

        builder = new(new SdpMedia
        {
            Media = words[0],
            Port = number,
            PortCount = Math.Max(1, count),
            Protocol = words[2],
            Formats = [.. words[3..]],
        });
        return SdpRejection.None;
    }

    public SdpRejection Add(char type, string value)
    {
        switch (type)
        {
            case 'c' when _connection is null:
                return SdpConnection.TryParse(value, out _connection) ? SdpRejection.None : SdpRejection.BadConnection;
            case 'b' when SdpBandwidth.TryParse(value, out SdpBandwidth bandwidth):
                _bandwidths.Add(bandwidth);
                break;
            case 'a':
                _attributes.Add(SdpAttributeLine.Parse(value));
                break;
            default:
                _others.Add(new(type, value));
                break;
        }

        return SdpRejection.None;
    }

    public SdpMedia Build() => _line with
    {
        Connection = _connection,
        Bandwidths = _bandwidths.ToImmutable(),
        Attributes = _attributes.ToImmutable(),
        OtherLines = _others.ToImmutable(),
    };

    private static bool TryNumber(string text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= max;
}
