using System.Collections.Immutable;
using System.Globalization;

namespace Avatar2D.Rtp.Sdp;

/// <summary>Puts our m-lines under our o= and gives the description its version.</summary>
internal static class SessionWriter
{
    /// <summary>The address of the session's c=: that of the first living line, else that of o=.</summary>
    public static string AddressFor(OfferAnswerState state, IEnumerable<LocalMedia?> lines) =>
        lines.FirstOrDefault(line => line is not null)?.Address ?? state.Address;

    /// <summary>Our lines as a description with its version.</summary>
    public static (OfferAnswerState State, SdpSession Sdp) Describe(
        OfferAnswerState state, SdpCapabilities capabilities, string address, ImmutableArray<SdpMedia> media) =>
        Stamp(state, new()
        {
            Origin = Origin(state, state.Version),
            Name = capabilities.SessionName,
            Connection = SdpConnection.To(address),
            Attributes = DtlsLines.SessionAttributes(media),
            Media = media,
        });

    /// <summary>The same text keeps the version of the last one sent; any other text gets the next (RFC 3264 §8).</summary>
    public static (OfferAnswerState State, SdpSession Sdp) Stamp(OfferAnswerState state, SdpSession session)
    {
        session = session with { Origin = Origin(state, state.Version) };
        if (state.LastSent is not null && session != state.LastSent)
        {
            state = state with { Version = state.Version + 1 };
            session = session with { Origin = Origin(state, state.Version) };
        }

        return (state with { LastSent = session }, session);
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
