using Avatar2D.Gateway.Commands;

namespace Avatar2D.Gateway.Learning;

/// <summary>What <c>train</c> and <c>personalize</c> share: one run of the Python side, its lines as progress, its report as result.</summary>
internal static class LearningRun
{
    private const string ErrorMark = "error: ";

    /// <summary>Runs a module to its end.</summary>
    /// <param name="interpreter">Python; null: found.</param>
    /// <param name="module">Of the package avatar2d_training.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="show">Writes the module's report (JSON) as the verb's result.</param>
    /// <param name="error">For progress and errors.</param>
    /// <param name="cancellationToken">Stops the module in good order.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        string? interpreter, string module, IReadOnlyList<string> arguments, Func<string, Task> show, TextWriter error, CancellationToken cancellationToken)
    {
        TrainingProgram program;
        try
        {
            program = await TrainingProgram.FindAsync(interpreter, cancellationToken);
        }
        catch (TrainingMissingException missing)
        {
            await error.WriteLineAsync($"avatar2d: {missing.Message}");
            return ExitCode.Missing;
        }

        (int code, string report) = await program.RunAsync(module, arguments, line => Tell(error, line), cancellationToken);
        if (report.Length > 0)
            await show(report);
        cancellationToken.ThrowIfCancellationRequested();
        return code == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    private static void Tell(TextWriter error, string line) =>
        error.WriteLine(line.StartsWith(ErrorMark, StringComparison.Ordinal) ? $"avatar2d: {line[ErrorMark.Length..]}" : $"  {line}");
}
