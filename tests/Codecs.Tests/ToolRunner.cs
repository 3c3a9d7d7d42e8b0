using System.Diagnostics;

namespace Avatar2D.Codecs.Tests;

/// <summary>Runs ffmpeg and ffprobe as third-party judges.</summary>
internal static class ToolRunner
{
    public static string Run(string tool, params string[] arguments)
    {
        ProcessStartInfo start = new(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{tool} did not start.");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)} failed: {errors.GetAwaiter().GetResult()}");
    }
}
