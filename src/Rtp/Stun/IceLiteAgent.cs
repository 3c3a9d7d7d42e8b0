using System.Net;
using System.Text;

namespace Avatar2D.Rtp.Stun;

/// <summary>
/// The answering half of ICE (RFC 8445 §2.5, ICE-lite): answers connectivity checks that know our password and tells which one
/// nominates its path. Immutable; any thread. Allocates for each check, of which there are a few a second at most.
/// </summary>
public sealed class IceLiteAgent
{
    private const int BadRequest = 400;
    private const int Unauthenticated = 401;
    private const int UnknownAttribute = 420;
    private const int RoleConflict = 487;

    private readonly byte[] _userStart;
    private readonly byte[] _password;

    /// <summary>Takes our credentials as SDP tells them.</summary>
    public IceLiteAgent(IceCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        Credentials = credentials;
        _userStart = Encoding.UTF8.GetBytes(credentials.UserFragment + ":");
        _password = Encoding.UTF8.GetBytes(credentials.Password);
    }

    /// <summary>Ours.</summary>
    public IceCredentials Credentials { get; }

    /// <summary>Answers a check; false when it gets no answer: no Binding request, or no FINGERPRINT that fits (RFC 8445 §7.1).</summary>
    /// <param name="datagram">As it came.</param>
    /// <param name="source">From where.</param>
    /// <param name="answer">Room for at least 256 bytes.</param>
    /// <param name="length">Bytes of the answer.</param>
    /// <param name="isGenuine">It knew our password: the source is the peer's.</param>
    /// <param name="isNominated">It carries USE-CANDIDATE: media go this way from now on (§7.3.1.5).</param>
    public bool TryAnswer(
        ReadOnlySpan<byte> datagram, IPEndPoint source, Span<byte> answer, out int length, out bool isGenuine, out bool isNominated)
    {
        ArgumentNullException.ThrowIfNull(source);
        (length, isGenuine, isNominated) = (0, false, false);
        if (!StunMessageView.TryParse(datagram, out StunMessageView check) || check.Class != StunClass.Request || !check.IsBinding
            || !check.HasFingerprint)
        {
            return false;
        }

        int error = Judge(check);
        var writer = new StunWriter(answer, error == 0 ? StunClass.Success : StunClass.Error, check.TransactionId);
        if (error == 0)
            writer.AddAddress(source);
        else
            writer.AddError(error);
        if (error == UnknownAttribute && check.FirstUnknown is { } unknown)
            writer.Add(StunAttribute.UnknownAttributes, [(byte)(unknown >> 8), (byte)unknown]);
        if (error is not (BadRequest or Unauthenticated))
            writer.AddIntegrity(_password);
        length = writer.End();
        isGenuine = error == 0;
        isNominated = isGenuine && check.TryFind(StunAttribute.UseCandidate, out _);
        return true;
    }

    /// <summary>0, or the code of the refusal (RFC 8489 §9.1.3, RFC 8445 §7.3.1.1).</summary>
    private int Judge(in StunMessageView check)
    {
        if (!check.TryFind(StunAttribute.Username, out ReadOnlySpan<byte> user) || !check.TryFind(StunAttribute.MessageIntegrity, out _))
            return BadRequest;
        if (!user.StartsWith(_userStart) || !check.IsIntact(_password))
            return Unauthenticated;
        if (check.FirstUnknown is not null)
            return UnknownAttribute;
        return check.TryFind(StunAttribute.IceControlled, out _) ? RoleConflict : 0; // We are lite: the other side controls.
    }
}
