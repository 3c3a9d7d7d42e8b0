using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Puts our m-lines under our o= and gives the description its version.</summary>
internal static class SessionWriter
{
    /// <summary>The address of the session's c=: that of the first living line, else that of o=.</summary>
    public static string AddressFor(OfferAnswerState state, IEnumerable<LocalMedia?> lines) =>
        lines.FirstOrDefault(line => line is not null)?.Address ?? state.Address;

    /// <summary>The same text keeps the version of the last one sent; any other text gets the next (RFC 3264 §8).</summary>
    public static (OfferAnswerState State, SdpSession Sdp) Describe(
        OfferAnswerState state, SdpCapabilities capabilities, string address, ImmutableArray<SdpMedia> media)
    {
        SdpSession session = new()
        {
            Origin = Origin(state, state.Version),
            Name = capabilities.SessionName,
            Connection = SdpConnection.To(address),
            Media = media,
        };
        if (state.LastSent is not null && session != state.LastSent)
        {
            state = state with { Version = state.Version + 1 };
            session = session with { Origin = Origin(state, state.Version) };
        }

        return (state with { LastSent = session }, session);
    }

    /// <summary>A description sent before, again: same version when it is the last one, else the next.</summary>
    public static (OfferAnswerState State, SdpSession Sdp) Repeat(OfferAnswerState state, SdpSession session)
    {
        if (session == state.LastSent)
        {
            return (state, session);
        }

        ulong version = state.Version + 1;
        SdpSession next = session with { Origin = Origin(state, version) };
        return (state with { Version = version, LastSent = next }, next);
    }

    private static SdpOrigin Origin(OfferAnswerState state, ulong version)
    {
        SdpConnection address = SdpConnection.To(state.Address);
        return new(
            state.UserName,
            state.SessionId.ToString(CultureInfo.InvariantCulture),
            version.ToString(CultureInfo.InvariantCulture),
            address.AddressType,
            address.Address);
    }
}
