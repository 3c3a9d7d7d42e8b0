using System.ComponentModel;
using System.Diagnostics;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Learning;

/// <summary>
/// The Python side of training (folder <c>training</c>), run as a child process. It watches its standard input: when that ends,
/// because training shall stop or because this process is gone, it saves its state and ends.
/// </summary>
internal sealed class TrainingProgram
{
    /// <summary>What a machine needs that trains.</summary>
    public const string Install = "apt-get install -y --no-install-recommends python3-torch python3-numpy python3-opencv python3-onnx ffmpeg";

    /// <summary>Debian's Python, which has Debian's PyTorch, goes first.</summary>
    public static readonly IReadOnlyList<string> Interpreters = ["/usr/bin/python3", "python3"];

    private const string Probe = "import cv2, numpy, onnx, torch; print(torch.__version__, 'CUDA' if torch.cuda.is_available() else 'CPU')";

    private readonly string _interpreter;
    private readonly string _folder;

    private TrainingProgram(string interpreter, string folder, string version) => (_interpreter, _folder, Version) = (interpreter, folder, version);

    /// <summary>Version of PyTorch and where it computes, as "1.13.0 CPU".</summary>
    public string Version { get; }

    /// <summary>Finds an interpreter that has all modules, and the folder <c>training</c>.</summary>
    /// <param name="interpreter">Name or path; null: the first of <see cref="Interpreters"/> that has them.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="TrainingMissingException">Something is not there.</exception>
    public static async Task<TrainingProgram> FindAsync(string? interpreter, CancellationToken cancellationToken)
    {
        string package = InstallationFiles.Find(Path.Combine("training", "avatar2d_training", "train.py"))
            ?? throw new TrainingMissingException("the folder training, which comes with the program, is not here: run from a checkout or copy it beside the program");
        string folder = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(package))!)!; // Two folders above the file.
        var reasons = new List<string>();
        foreach (string candidate in interpreter is null ? Interpreters : [interpreter])
        {
            try
            {
                (int code, string output, string error) = await CollectAsync(candidate, ["-c", Probe], folder, cancellationToken);
                if (code == 0)
                    return new TrainingProgram(candidate, folder, output.Trim());
                reasons.Add($"{candidate}: {error.Trim().Split('\n')[^1]}");
            }
            catch (Win32Exception failure)
            {
                reasons.Add($"{candidate}: {failure.Message}");
            }
        }

        throw new TrainingMissingException($"PyTorch for training is missing ({string.Join("; ", reasons)}). To install: {Install}");
    }

    /// <summary>Runs a module of the package.</summary>
    /// <param name="module">Its name, as "train".</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="progress">Gets each line that it prints to standard error.</param>
    /// <param name="cancellationToken">Lets it save its state and stop; the run then ends by itself.</param>
    /// <returns>Exit code and standard output.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(
        string module, IReadOnlyList<string> arguments, Action<string> progress, CancellationToken cancellationToken)
    {
        using Process process = Start(_interpreter, ["-m", $"avatar2d_training.{module}", .. arguments, "--stop-at-eof"], _folder, redirectInput: true);
        using CancellationTokenRegistration stop = cancellationToken.Register(process.StandardInput.Close);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardError.ReadLineAsync(CancellationToken.None) is { } line)
            progress(line);
        string result = await output;
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, result);
    }

    private static async Task<(int Code, string Output, string Error)> CollectAsync(
        string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        using Process process = Start(program, arguments, folder, redirectInput: false);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, output, await errors);
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, string folder, bool redirectInput)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Environment.CurrentDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = redirectInput,
        };
        start.Environment["PYTHONPATH"] = folder;
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1"; // The installation may be read-only, and stays as it is.
        start.Environment["PYTHONWARNINGS"] = "ignore"; // PyTorch's own words about its exporter.
        return Process.Start(start) ?? throw new Win32Exception($"{program} did not start");
    }
}
