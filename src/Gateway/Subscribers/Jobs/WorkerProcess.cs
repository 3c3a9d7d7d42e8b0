using System.Diagnostics;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>This program once more, as a process that may die: below the calls in priority, bounded in time, killed with its children.</summary>
internal static class WorkerProcess
{
    private const int KeptErrorCharacters = 2000;

    /// <summary>Runs a verb to its end.</summary>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <param name="environment">Variables besides the inherited ones.</param>
    /// <param name="timeout">Killed after this time.</param>
    /// <param name="time">Clock.</param>
    /// <param name="onLine">Gets each line of its output.</param>
    /// <param name="cancellationToken">Kills it.</param>
    public static async Task<WorkerResult> RunAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan timeout, TimeProvider time, Action<string> onLine, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string program = typeof(WorkerProcess).Assembly.Location;
        info.FileName = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) is "dotnet" or "avatar2d" ? path : "dotnet";
        if (Path.GetFileNameWithoutExtension(info.FileName) == "dotnet")
            info.ArgumentList.Add(program);
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            info.Environment[name] = value;
        using var process = new Process { StartInfo = info };
        using var bound = new CancellationTokenSource(timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, bound.Token);
        process.Start();
        try
        {
            process.StandardInput.Close();
            LowerPriority(process);
            Task<string> errors = TailAsync(process.StandardError, stop.Token);
            while (await process.StandardOutput.ReadLineAsync(stop.Token) is { } line)
                onLine(line);
            string text = await errors;
            await process.WaitForExitAsync(stop.Token);
            return new WorkerResult(process.ExitCode, text, TimedOut: false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WorkerResult(-1, "", TimedOut: true);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static void LowerPriority(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }

    private static async Task<string> TailAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        string tail = "";
        char[] buffer = new char[1024];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and int read)
            tail = string.Concat(tail, buffer.AsSpan(0, read)) is { Length: > KeptErrorCharacters } all ? all[^KeptErrorCharacters..] : tail + new string(buffer, 0, read);
        return tail;
    }
}
