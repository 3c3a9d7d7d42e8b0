using System.Net;

namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// Symmetric RTP with a lock on it (RFC 4961): the peer may send from another address than its SDP says, once. Not thread-safe.
/// <list type="bullet">
/// <item>Armed (after each change of the SDP's address): the SDP's address confirms itself with its first packet; another
/// one is latched onto after some packets in a row with one SSRC. Until then all are taken: early media leaves where it likes.</item>
/// <item>Confirmed: others are foreign, unless the SDP's address has gone silent and the same SSRC comes from elsewhere.</item>
/// <item>Latched: only that address and the SDP's are taken, and sending never moves to a third.</item>
/// </list>
/// </summary>
internal sealed class SourceLatch
{
    private readonly int _packetsToLatch;
    private readonly long _silenceTicks;
    private SocketAddress? _expected;
    private SocketAddress? _candidate;
    private int _candidatePackets;
    private uint _candidateSsrc;
    private bool _confirmed;
    private uint _confirmedSsrc;
    private long _lastHeard;

    /// <summary>Makes an armed latch without expectation.</summary>
    public SourceLatch(int packetsToLatch, long silenceTicks)
    {
        _packetsToLatch = packetsToLatch;
        _silenceTicks = silenceTicks;
    }

    /// <summary>The address latched onto; null while it is the SDP's.</summary>
    public SocketAddress? Latched { get; private set; }

    /// <summary>True when <paramref name="source"/> may speak without moving anything: anybody before the source is settled.</summary>
    public bool Knows(SocketAddress source) =>
        _expected is null || (!_confirmed && Latched is null) || source.Equals(_expected) || (Latched is not null && source.Equals(Latched));

    /// <summary>Sets the SDP's address and forgets what was learned; null: unknown yet, nothing is latched onto.</summary>
    public void Arm(SocketAddress? expected)
    {
        _expected = expected;
        _candidate = null;
        _candidatePackets = 0;
        _confirmed = false;
        Latched = null;
    }

    /// <summary>Judges the source of a valid packet.</summary>
    public LatchVerdict OnPacket(SocketAddress source, uint ssrc, long now)
    {
        if (_expected is null)
            return LatchVerdict.Accept;
        if (Latched is not null)
            return source.Equals(Latched) || source.Equals(_expected) ? LatchVerdict.Accept : LatchVerdict.Foreign;
        if (source.Equals(_expected))
        {
            _confirmed = true;
            _confirmedSsrc = ssrc;
            _lastHeard = now;
            _candidatePackets = 0;
            return LatchVerdict.Accept;
        }

        if (_confirmed && (ssrc != _confirmedSsrc || now - _lastHeard < _silenceTicks))
            return LatchVerdict.Foreign;
        if (_candidate is null || _candidateSsrc != ssrc || !source.Equals(_candidate))
        {
            _candidate = Copy(source, _candidate);
            _candidateSsrc = ssrc;
            _candidatePackets = 0;
        }

        if (++_candidatePackets < _packetsToLatch)
            return LatchVerdict.Accept;
        Latched = _candidate;
        _candidate = null;
        return LatchVerdict.Latched;
    }

    private static SocketAddress Copy(SocketAddress source, SocketAddress? reuse)
    {
        SocketAddress copy = reuse is not null && reuse.Size == source.Size ? reuse : new SocketAddress(source.Family, source.Size);
        source.Buffer.Span[..source.Size].CopyTo(copy.Buffer.Span);
        return copy;
    }
}
