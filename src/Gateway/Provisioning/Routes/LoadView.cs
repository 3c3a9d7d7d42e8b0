namespace Avatar2D.Gateway.Provisioning.Routes;

/// <summary>Load of this node at a moment.</summary>
/// <param name="Time">The moment.</param>
/// <param name="Calls">Live calls.</param>
/// <param name="MaxCalls">Calls that are taken at most.</param>
/// <param name="Pictures">Calls whose picture is up.</param>
/// <param name="FramesSent">Pictures sent by the live calls.</param>
/// <param name="FramesLate">Pictures of them that were begun too late.</param>
/// <param name="CpuSeconds">Processor time of the process since its start.</param>
/// <param name="Cores">Cores of the machine.</param>
/// <param name="MemoryBytes">Memory of the process.</param>
/// <param name="FirstPictureDelayMs">ACK of the re-INVITE to the first picture, the median of the live calls; null without.</param>
/// <param name="IsDraining">No new calls are taken.</param>
internal sealed record LoadView(
    DateTimeOffset Time, int Calls, int MaxCalls, int Pictures, long FramesSent, long FramesLate, double CpuSeconds, int Cores, long MemoryBytes,
    double? FirstPictureDelayMs, bool IsDraining);
