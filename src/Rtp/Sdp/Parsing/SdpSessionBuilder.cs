using System.Collections.Immutable;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Collects the lines of one body while it is parsed.</summary>
internal sealed class SdpSessionBuilder
{
    private readonly ImmutableArray<SdpBandwidth>.Builder _bandwidths = ImmutableArray.CreateBuilder<SdpBandwidth>();
    private readonly ImmutableArray<string>.Builder _times = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<SdpAttributeLine>.Builder _attributes = ImmutableArray.CreateBuilder<SdpAttributeLine>();
    private readonly ImmutableArray<SdpLine>.Builder _others = ImmutableArray.CreateBuilder<SdpLine>();
    private readonly ImmutableArray<SdpMedia>.Builder _media = ImmutableArray.CreateBuilder<SdpMedia>();
    private SdpOrigin? _origin;
    private string _name = "-";
    private SdpConnection? _connection;
    private SdpMediaBuilder? _current;

    /// <summary>Takes one line after v=; None when it was understood or kept.</summary>
    public SdpRejection Add(char type, string value)
    {
        if (type == 'm')
        {
            return AddMedia(value);
        }

        return _current is not null ? _current.Add(type, value) : AddSession(type, value);
    }

    /// <summary>The session, or null when no o= came.</summary>
    public SdpSession? Build()
    {
        CloseMedia();
        if (_origin is null)
        {
            return null;
        }

        return new()
        {
            Origin = _origin,
            Name = _name,
            Connection = _connection,
            Bandwidths = _bandwidths.ToImmutable(),
            Times = _times.Count == 0 ? ["0 0"] : _times.ToImmutable(),
            Attributes = _attributes.ToImmutable(),
            OtherLines = _others.ToImmutable(),
            Media = _media.ToImmutable(),
        };
    }

    private SdpRejection AddSession(char type, string value)
    {
        switch (type)
        {
            case 'o' when _origin is null:
                return SdpOrigin.TryParse(value, out _origin) ? SdpRejection.None : SdpRejection.BadOrigin;
            case 's':
                _name = value.Trim().Length == 0 ? "-" : value.Trim();
                break;
            case 'c' when _connection is null:
                return SdpConnection.TryParse(value, out _connection) ? SdpRejection.None : SdpRejection.BadConnection;
            case 'b' when SdpBandwidth.TryParse(value, out SdpBandwidth bandwidth):
                _bandwidths.Add(bandwidth);
                break;
            case 't':
                _times.Add(value.Trim());
                break;
            case 'a':
                _attributes.Add(SdpAttributeLine.Parse(value));
                break;
            case 'v':
            case 'o':
                // A second one would make the written text ambiguous; the first holds.
                break;
            default:
                _others.Add(new(type, value));
                break;
        }

        return SdpRejection.None;
    }

    private SdpRejection AddMedia(string value)
    {
        CloseMedia();
        if (_media.Count == SdpLimits.MaxMedia)
        {
            return SdpRejection.TooManyMedia;
        }

        return SdpMediaBuilder.TryOpen(value, out _current);
    }

    private void CloseMedia()
    {
        if (_current is not null)
        {
            _media.Add(_current.Build());
            _current = null;
        }
    }
}
