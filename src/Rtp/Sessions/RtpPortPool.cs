using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Rtp.Sessions;

/// <summary>
/// Lends pairs of bound sockets: RTP on an even port, RTCP on the next (RFC 3550 §11). The port that has rested longest
/// comes first; a released one rests before it is lent again. Any thread.
/// </summary>
public sealed class RtpPortPool
{
    private readonly Lock _lock = new();
    private readonly RtpPortPoolOptions _options;
    private readonly TimeProvider _time;
    private readonly long _quarantineTicks;
    private readonly Queue<(int Port, long FreeAt)> _resting = new();
    private int _inUse;
    private long _bindFailures;
    private long _exhaustions;

    /// <summary>Takes the range; opens nothing yet.</summary>
    /// <exception cref="ArgumentException">The range holds no pair or is outside 1,024 to 65,535.</exception>
    public RtpPortPool(RtpPortPoolOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        int first = options.FirstPort + (options.FirstPort & 1);
        if (first < 1024 || options.LastPort > 65535 || first + 1 > options.LastPort)
            throw new ArgumentException($"No pair of media ports lies between {options.FirstPort} and {options.LastPort}.", nameof(options));
        _options = options;
        _time = time;
        _quarantineTicks = (long)(options.Quarantine.TotalSeconds * time.TimestampFrequency);
        long now = time.GetTimestamp();
        for (int port = first; port + 1 <= options.LastPort; port += 2)
            _resting.Enqueue((port, now));
        Capacity = _resting.Count;
    }

    /// <summary>Pairs in the range.</summary>
    public int Capacity { get; }

    /// <summary>Pairs lent now.</summary>
    public int InUse => Volatile.Read(ref _inUse);

    /// <summary>Times that a pair could not be opened because another program holds a port of it.</summary>
    public long BindFailures => Interlocked.Read(ref _bindFailures);

    /// <summary>Times that no pair was left.</summary>
    public long Exhaustions => Interlocked.Read(ref _exhaustions);

    /// <summary>Lends a pair; false when every pair is in use, resting, or held by another program: answer 503.</summary>
    public bool TryRent([NotNullWhen(true)] out RtpPortLease? lease)
    {
        for (int attempt = 0; attempt < Capacity; attempt++)
        {
            if (!TryTakePort(out int port))
                break;
            if (TryBind(port, out Socket? rtp))
            {
                if (TryBind(port + 1, out Socket? rtcp))
                {
                    lease = new RtpPortLease(this, rtp, rtcp, new IPEndPoint(_options.BindAddress, port));
                    return true;
                }

                rtp.Dispose();
            }

            Interlocked.Increment(ref _bindFailures);
            Return(port);
        }

        Interlocked.Increment(ref _exhaustions);
        lease = null;
        return false;
    }

    /// <summary>Takes a port back and lets it rest.</summary>
    internal void Return(int port)
    {
        lock (_lock)
        {
            _inUse--;
            _resting.Enqueue((port, _time.GetTimestamp() + _quarantineTicks));
        }
    }

    private bool TryTakePort(out int port)
    {
        lock (_lock)
        {
            port = 0;
            if (!_resting.TryPeek(out (int Port, long FreeAt) first) || first.FreeAt > _time.GetTimestamp())
                return false;
            _resting.Dequeue();
            _inUse++;
            port = first.Port;
            return true;
        }
    }

    private bool TryBind(int port, [NotNullWhen(true)] out Socket? socket)
    {
        Socket candidate = new(_options.BindAddress.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (_options.BindAddress.AddressFamily == AddressFamily.InterNetworkV6)
                candidate.DualMode = false; // source addresses stay in one form, so they can be compared byte by byte
            candidate.ReceiveBufferSize = _options.SocketBufferBytes;
            candidate.SendBufferSize = _options.SocketBufferBytes;
            candidate.Bind(new IPEndPoint(_options.BindAddress, port));
            candidate.Blocking = false;
            socket = candidate;
            return true;
        }
        catch (SocketException)
        {
            candidate.Dispose();
            socket = null;
            return false;
        }
    }
}
