using System.CommandLine;
using Avatar2D.Codecs;

namespace Avatar2D.Gateway.Commands;

/// <summary>The program's verbs: parses the command line, runs one verb, turns its failure into one clear line and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="output">Results, as text or JSON.</param>
    /// <param name="error">Progress and errors.</param>
    /// <param name="cancellationToken">Ends a running verb in good order.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var root = new RootCommand("Avatar2D: voice calls gain a face. Any setting is given as --Section:Key=value (config/gateway.json).");
        IVerb[] verbs =
            [
                new ServeVerb(), new DemoVerb(), new CallVerb(), new BenchVerb(), new LoadVerb(), new GalleryVerb(), new RegisterVerb(), new AvatarsVerb(),
                new PrepareVerb(), new RenderVerb(), new SpeakVerb(), new FuzzVerb(), new TrainVerb(), new PersonalizeVerb(),
                new DoctorVerb(), new RegisterSourceVerb(), new PrepareSourceVerb(),
            ];
        foreach (IVerb verb in verbs)
        {
            Command command = verb.Describe(output, error);

            // What System.CommandLine does not know may be a setting: the settings loader takes or refuses it.
            command.TreatUnmatchedTokensAsErrors = false;
            root.Subcommands.Add(command);
        }

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            string verb = parsed.CommandResult.Command is RootCommand ? $" (verbs: {string.Join(", ", root.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))})" : "";
            string? unknown = parsed.CommandResult.Command is RootCommand && args.Count > 0 ? $"'{args[0]}' is no verb" : null;
            string message = unknown ?? parsed.Errors[0].Message.ReplaceLineEndings(" ");
            await error.WriteLineAsync($"avatar2d: {message}{verb}");
            return ExitCode.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = output, Error = error,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (UsageException exception)
        {
            foreach (string line in exception.Lines)
                await error.WriteLineAsync($"avatar2d: {line}");
            return ExitCode.Usage;
        }
        catch (CodecUnavailableException exception)
        {
            await error.WriteLineAsync($"avatar2d: {exception.Message}");
            return ExitCode.Missing;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("avatar2d: cancelled");
            return ExitCode.Failed;
        }
    }
}
