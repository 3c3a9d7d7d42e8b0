using System.Diagnostics;
using System.Text.Json;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Tests.Load;

/// <summary>The product's own test phone in a process of its own: <c>avatar2d call ... --json</c>.</summary>
internal sealed class CallerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public CallerProcess(string target, string codec)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "avatar2d.dll");
        var start = new ProcessStartInfo("dotnet", [
            program, "call", target, "--codec", codec, "--wav", InstallationFiles.Find("assets/speech.wav")!, // Part of the checkout.
            "--seconds", "3600", "--json"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Waits for the end of the call and reads its report.</summary>
    public async Task<JsonElement> ReportAsync(TimeSpan patience)
    {
        await _process.WaitForExitAsync().WaitAsync(patience);
        string output = await _output;
        Assert.True(_process.ExitCode == 0, $"exit code {_process.ExitCode}: {output} {await _error}");
        return JsonDocument.Parse(output).RootElement;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
