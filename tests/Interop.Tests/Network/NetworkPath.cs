namespace Avatar2D.Interop.Tests.Network;

/// <summary>
/// How a bad network treats the datagrams of one direction of one stream: loss, delay that differs from packet to packet (and so
/// changes their order), copies. What happens to the n-th datagram follows from the seed alone.
/// </summary>
/// <param name="seed">Draws all.</param>
/// <param name="loss">Share that is lost, 0 to 1.</param>
/// <param name="duplicate">Share that comes twice.</param>
/// <param name="least">Shortest way.</param>
/// <param name="most">Longest way.</param>
internal sealed class NetworkPath(int seed, double loss, double duplicate, TimeSpan least, TimeSpan most)
{
    private readonly Random _random = new(seed);

    /// <summary>Datagrams that came.</summary>
    public int Passed { get; private set; }

    /// <summary>Datagrams that were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Copies that were made.</summary>
    public int Copies { get; private set; }

    /// <summary>Datagrams that arrived before one that was sent earlier.</summary>
    public int Overtaken { get; private set; }

    private double _latest;

    /// <summary>The fate of the next datagram: how long each copy is on its way; none when it is lost. One thread at a time.</summary>
    /// <param name="sent">When it was sent, on any clock; only for the count of what overtakes.</param>
    public IReadOnlyList<TimeSpan> Next(TimeSpan sent)
    {
        bool isLost = _random.NextDouble() < loss;
        bool isDouble = _random.NextDouble() < duplicate;
        TimeSpan first = Delay();
        TimeSpan second = Delay();
        if (isLost)
        {
            Lost++;
            return [];
        }

        Passed++;
        double arrival = (sent + first).TotalMilliseconds;
        if (arrival < _latest)
            Overtaken++;
        _latest = Math.Max(_latest, arrival);
        if (!isDouble)
            return [first];
        Copies++;
        return [first, second];
    }

    private TimeSpan Delay() => least + ((most - least) * _random.NextDouble());
}
