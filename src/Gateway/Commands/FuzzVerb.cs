using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.Gateway.Fuzzing;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>fuzz</c>: damaged inputs through the parsers; no exception, no hang, no growing memory.</summary>
internal sealed class FuzzVerb : IVerb
{
    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        string names = string.Join('|', FuzzTargets.All.Select(target => target.Name));
        var targets = new Option<string>("--target") { Description = "One parser, several with commas, or all", HelpName = names, DefaultValueFactory = _ => "all" };
        var count = new Option<long>("--count") { Description = "Inputs per parser", HelpName = "N", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<int>("--seed") { Description = "Draws the inputs", HelpName = "K", DefaultValueFactory = _ => 1 };
        var from = new Option<long>("--from") { Description = "Number of the first input: goes on where a run was stopped", HelpName = "N" };
        var folder = new Option<string>("--out") { Description = "Where inputs that failed are kept", HelpName = "DIR", DefaultValueFactory = _ => "out/fuzz" };
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("fuzz", "Damaged inputs through every parser that reads from the network.") { targets, count, seed, from, folder, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.UnmatchedTokens.Count > 0)
                throw new UsageException($"{parsed.UnmatchedTokens[0]} is no option of fuzz");
            IReadOnlyList<FuzzTarget> chosen = Chosen(parsed.GetValue(targets)!); // Has a default, as all others.
            long first = parsed.GetValue(from);
            long inputs = parsed.GetValue(count);
            if (inputs is < 1 or > 1_000_000_000_000 || first is < 0 or > 1_000_000_000_000)
                throw new UsageException("--count is 1 or more, --from 0 or more, both at most 1000000000000");
            OutputPlace.RequireFile("--out", Path.Combine(parsed.GetValue(folder)!, "input.bin"));
            var reports = new List<FuzzReport>();
            foreach (FuzzTarget target in chosen)
            {
                var run = new FuzzRun(target, parsed.GetValue(seed), first, inputs, TimeProvider.System);
                FuzzReport report = await run.RunAsync(done => Progress(error, target, done, inputs), cancellationToken);
                reports.Add(report);
                await KeepAsync(report, target, parsed.GetValue(folder)!, error);
                if (!parsed.GetValue(json))
                    await output.WriteLineAsync(Text(report));
                if (cancellationToken.IsCancellationRequested || report.Failures.Any(failure => failure.Kind == "hang"))
                    break; // The thread that hangs goes on until the program ends.
            }

            if (parsed.GetValue(json))
                await output.WriteLineAsync(JsonSerializer.Serialize(reports.ToArray(), FuzzJson.Default.FuzzReportArray));
            if (cancellationToken.IsCancellationRequested)
                await error.WriteLineAsync($"avatar2d: stopped; go on with --target {reports[^1].Target} --from {reports[^1].Next}");
            return reports.All(report => report.Failures.Count == 0) && !cancellationToken.IsCancellationRequested ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static IReadOnlyList<FuzzTarget> Chosen(string names) => names == "all"
        ? FuzzTargets.All
        : [.. names.Split(',').Select(name => FuzzTargets.Find(name)
            ?? throw new UsageException($"--target is all or some of {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}, not '{name}'"))];

    private static void Progress(TextWriter error, FuzzTarget target, long done, long inputs)
    {
        if (done > 0 && done < inputs)
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {target.Name}: {done} of {inputs}"));
    }

    /// <summary>Writes the inputs that failed; each can also be made again from seed and number.</summary>
    private static async Task KeepAsync(FuzzReport report, FuzzTarget target, string folder, TextWriter error)
    {
        foreach (FuzzFailure failure in report.Failures)
        {
            Directory.CreateDirectory(folder);
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{report.Seed}-{failure.Number}.bin"));
            await File.WriteAllBytesAsync(path, new Mutator(target, report.Seed).Make(failure.Number));
            await error.WriteLineAsync($"avatar2d: {target.Name} {failure.Kind}: {failure.Text} (input kept in {path})");
        }
    }

    private static string Text(FuzzReport r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Target,-16}{r.Inputs} inputs, {r.Accepted} taken, {r.Failures.Count} failed, {r.Seconds:0.0} s, {r.InputsPerSecond:0} a second, heap {r.HeapGrowthBytes / 1024.0:+0;-0;0} KiB");
}
