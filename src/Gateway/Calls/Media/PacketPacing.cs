namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// Spreads the packets of one picture over part of its frame time, so that a key frame is no burst that a narrow link drops.
/// </summary>
internal static class PacketPacing
{
    /// <summary>Packets that always go at once: a usual picture at 600 kbit/s has two or three.</summary>
    public const int BurstPackets = 4;

    /// <summary>Distance of bursts, milliseconds.</summary>
    public const int StepMs = 5;

    /// <summary>Packets in each burst, so that the whole picture is out within half of its frame time.</summary>
    /// <param name="packets">Packets of the picture.</param>
    /// <param name="frameMs">Frame time, milliseconds.</param>
    public static int BurstFor(int packets, double frameMs)
    {
        int bursts = Math.Max(1, (int)(frameMs / 2 / StepMs));
        return Math.Max(BurstPackets, (packets + bursts - 1) / bursts);
    }
}
