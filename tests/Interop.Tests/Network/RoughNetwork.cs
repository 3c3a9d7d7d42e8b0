using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Network;

/// <summary>Lays a bad network into taps: each direction of each stream, RTP and RTCP alike, has a path of its own.</summary>
internal sealed class RoughNetwork : IAsyncDisposable
{
    private readonly DelayLine _line = new();
    private readonly List<NetworkPath> _paths = [];
    private readonly int _seed;
    private readonly double _loss;
    private readonly double _duplicate;
    private readonly TimeSpan _least;
    private readonly TimeSpan _most;

    /// <summary>Says how bad it is.</summary>
    /// <param name="seed">Draws all.</param>
    /// <param name="loss">Share that is lost, 0 to 1.</param>
    /// <param name="duplicate">Share that comes twice.</param>
    /// <param name="leastMs">Shortest way.</param>
    /// <param name="mostMs">Longest way.</param>
    public RoughNetwork(int seed, double loss, double duplicate = 0.01, int leastMs = 20, int mostMs = 80)
    {
        _seed = seed;
        _loss = loss;
        _duplicate = duplicate;
        _least = TimeSpan.FromMilliseconds(leastMs);
        _most = TimeSpan.FromMilliseconds(mostMs);
    }

    /// <summary>What it did.</summary>
    public string Report => string.Join(
        ", ", _paths.Select(path => $"{path.Passed} passed {path.Lost} lost {path.Copies} copied {path.Overtaken} overtaken"));

    /// <summary>Datagrams that were lost.</summary>
    public int Lost => _paths.Sum(path => path.Lost);

    /// <summary>Datagrams that arrived before one that was sent earlier.</summary>
    public int Overtaken => _paths.Sum(path => path.Overtaken);

    /// <summary>Datagrams that came twice.</summary>
    public int Copies => _paths.Sum(path => path.Copies);

    /// <summary>Lays it into a tap.</summary>
    public void Join(MediaTap tap)
    {
        NetworkPath toPeer = Path();
        NetworkPath toGateway = Path();
        var gate = new Lock();
        tap.Forward = (packet, deliver) =>
        {
            IReadOnlyList<TimeSpan> ways;
            lock (gate)
                ways = (packet.FromGateway ? toPeer : toGateway).Next(_line.Now);
            foreach (TimeSpan way in ways)
                _line.Add(way, deliver);
        };
    }

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private NetworkPath Path()
    {
        var path = new NetworkPath(_seed + _paths.Count, _loss, _duplicate, _least, _most);
        _paths.Add(path);
        return path;
    }
}
