using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>
/// A program of a third party while a test runs: keeps what it writes and ends it, with all its children, when the test is
/// over. Its standard input stays open and is not a terminal.
/// </summary>
internal sealed partial class ExternalProcess : IAsyncDisposable
{
    private static readonly Lock _allLock = new();
    private static readonly HashSet<Process> _all = [];
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly string _name;
    private int? _exitCode;

    static ExternalProcess() => AppDomain.CurrentDomain.ProcessExit += (_, _) => KillAll();

    private ExternalProcess(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    public bool HasExited => _exitCode is not null || _process.HasExited;

    /// <summary>Status; only after the end.</summary>
    public int ExitCode => _exitCode ?? _process.ExitCode;

    /// <summary>Standard output so far.</summary>
    public string Output => Text(_output);

    /// <summary>Standard error so far.</summary>
    public string Errors => Text(_errors);

    /// <summary>Everything that is known, for the message of a failed test.</summary>
    public string Report => $"--- {_name}{(HasExited ? $" (ended with {ExitCode})" : "")}\n{Output}\n{Errors}";

    /// <summary>Starts a program.</summary>
    /// <param name="path">From <see cref="Tool"/>.</param>
    /// <param name="arguments">One each.</param>
    /// <param name="folder">Working directory; null: the test's.</param>
    /// <param name="environment">Variables that it gets beside the test's.</param>
    public static ExternalProcess Start(string path, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = new Process { StartInfo = start };
        var result = new ExternalProcess(process, Path.GetFileName(path));
        process.OutputDataReceived += (_, line) => Add(result._output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(result._errors, line.Data);
        lock (_allLock)
        {
            process.Start();
            _all.Add(process);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return result;
    }

    /// <summary>Waits for the end by itself, all output read.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> EndedAsync(TimeSpan? patience = null)
    {
        using var bound = new CancellationTokenSource(patience ?? Until.Patience, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{_name} did not end.\n{Report}");
        }

        return ExitCode;
    }

    /// <summary>Asks the program to end as Ctrl-C does.</summary>
    public void Interrupt()
    {
        if (!HasExited)
            _ = Kill(_process.Id, 2); // Fails when it has just ended: then nothing is left to do.
    }

    /// <summary>Writes a line to the standard input.</summary>
    public Task WriteLineAsync(string text) => WriteAsync(text + '\n');

    /// <summary>Writes to the standard input.</summary>
    public async Task WriteAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_exitCode is not null)
            return;
        lock (_allLock)
            _all.Remove(_process);
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _exitCode = _process.ExitCode;
        _process.Dispose();
    }

    private static void KillAll()
    {
        lock (_allLock)
        {
            foreach (Process process in _all.Where(process => !process.HasExited))
                process.Kill(entireProcessTree: true);
        }
    }

    private static void Add(StringBuilder target, string? line)
    {
        lock (target)
        {
            if (line is not null)
                target.Append(line).Append('\n');
        }
    }

    private static string Text(StringBuilder source)
    {
        lock (source)
            return source.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
