namespace Avatar2D.Gateway.Measuring;

/// <summary>What a process held at one instant. The JSON names are a contract.</summary>
/// <param name="Seconds">Since the first sample.</param>
/// <param name="CpuSeconds">Core time since its start.</param>
/// <param name="ResidentMb">Resident memory, 10^6 bytes.</param>
/// <param name="Handles">Open files, sockets included.</param>
/// <param name="Sockets">Sockets.</param>
/// <param name="Threads">Threads.</param>
internal sealed record ProcessSample(double Seconds, double CpuSeconds, double ResidentMb, int Handles, int Sockets, int Threads);
