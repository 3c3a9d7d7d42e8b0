using System.Globalization;

namespace Avatar2D.Gateway.Measuring;

/// <summary>Reads what another process of this Linux machine holds, from /proc.</summary>
internal sealed class ProcessWatch
{
    private const double TicksPerSecond = 100; // USER_HZ, the same on every Linux.

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly long _start;

    /// <summary>Begins to watch.</summary>
    /// <param name="pid">Process number.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="IOException">There is no such process, or it is another user's.</exception>
    public ProcessWatch(int pid, TimeProvider time)
    {
        _folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        _time = time;
        _start = time.GetTimestamp();
        Take();
    }

    /// <summary>A sample now.</summary>
    /// <exception cref="IOException">The process has gone.</exception>
    public ProcessSample Take()
    {
        try
        {
            // The name, in brackets, may hold anything; the numbers begin behind it: state is field 3, utime 14, stime 15 (proc(5)).
            string stat = File.ReadAllText($"{_folder}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            double cpu = (Number(fields[11]) + Number(fields[12])) / TicksPerSecond;
            string resident = File.ReadLines($"{_folder}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            string[] handles = Directory.GetFiles($"{_folder}/fd");
            int sockets = handles.Count(handle => LinkOf(handle).StartsWith("socket:", StringComparison.Ordinal));
            double kilobytes = Number(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
            return new ProcessSample(
                _time.GetElapsedTime(_start).TotalSeconds, cpu, kilobytes * 1024 / 1e6, handles.Length, sockets, (int)Number(fields[17]));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or InvalidOperationException)
        {
            throw new IOException($"The process of {_folder} cannot be watched: {exception.Message}", exception);
        }
    }

    private static string LinkOf(string handle)
    {
        try
        {
            return new FileInfo(handle).LinkTarget ?? "";
        }
        catch (IOException)
        {
            return ""; // Closed a moment ago.
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
