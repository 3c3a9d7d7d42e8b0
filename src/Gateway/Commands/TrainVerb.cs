using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.Gateway.Learning;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>train</c>: a base model from training shards (3GPP TR 26.813 §6.3.2), measured and exported.</summary>
internal sealed class TrainVerb(string? interpreter = null) : IVerb
{
    private static readonly string[] Sizes = ["tiny", "small", "standard", "large"];

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var shards = new Option<string>("--shards", "--data")
        {
            Description = "Folder of prepared clips", HelpName = "DIR", DefaultValueFactory = _ => "out/shards",
        };
        var folder = new Option<string>("--out")
        {
            Description = "Folder of the run; its model is in DIR/model", HelpName = "DIR", DefaultValueFactory = _ => "out/train",
        };
        var size = new Option<string>("--config")
        {
            Description = $"Size: {string.Join(", ", Sizes)}", HelpName = "NAME", DefaultValueFactory = _ => "standard",
        };
        size.AcceptOnlyFromAmong(Sizes);
        var steps = new Option<int?>("--steps") { Description = "Steps (default: by size)", HelpName = "N" };
        var minutes = new Option<double?>("--minutes") { Description = "End after this time if the steps take longer", HelpName = "M" };
        var start = new Option<string?>("--init") { Description = "Begin from the weights of this model.pth", HelpName = "FILE" };
        var seed = new Option<int>("--seed") { Description = "Draws weights and samples", HelpName = "K", DefaultValueFactory = _ => 7 };
        Option<int> threads = LearningOptions.Threads();
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("train", "Trains, measures and exports a face model; stopped, the same command goes on.")
        {
            shards, folder, size, steps, minutes, start, seed, threads, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            LearningOptions.RefuseOthers(parsed, "train");
            var mistakes = new List<string>();
            LearningOptions.Check(mistakes, parsed.GetValue(steps), parsed.GetValue(minutes), parsed.GetValue(threads));
            LearningOptions.CheckShards(mistakes, parsed.GetValue(shards)!); // Has a default, as the next one.
            if (parsed.GetValue(start) is { } weights && !File.Exists(weights))
                mistakes.Add($"--init is a file, and there is no '{weights}'");
            if (mistakes.Count > 0)
                throw new UsageException(mistakes);
            OutputPlace.RequireFolder("--out", parsed.GetValue(folder)!);
            List<string> arguments =
            [
                "--shards", Path.GetFullPath(parsed.GetValue(shards)!),
                "--out", Path.GetFullPath(parsed.GetValue(folder)!),
                "--config", parsed.GetValue(size)!, // Has a default.
                "--seed", Number(parsed.GetValue(seed)),
                "--threads", Number(parsed.GetValue(threads)),
            ];
            if (parsed.GetValue(steps) is { } n)
                arguments.AddRange("--steps", Number(n));
            if (parsed.GetValue(minutes) is { } m)
                arguments.AddRange("--minutes", Number(m));
            if (parsed.GetValue(start) is { } init)
                arguments.AddRange("--init", Path.GetFullPath(init));
            return await LearningRun.RunAsync(
                interpreter, "train", arguments, report => output.WriteLineAsync(parsed.GetValue(json) ? report.Trim() : Text(report)), error, cancellationToken);
        });
        return command;
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(string json)
    {
        TrainReport r = JsonSerializer.Deserialize(json, TrainJson.Default.TrainReport)
            ?? throw new InvalidDataException("the trainer gave no report");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {r.Model}: size {r.Config}, {r.Steps} steps, {r.Faces} faces of {r.People} people in {r.Seconds:0} s
            on {r.HeldOut} held-out clips, before -> after: picture error {r.Before.Error:0.0000} -> {r.After.Error:0.0000}, mouth driven by another's voice r {r.Before.MouthR:0.00} -> {r.After.MouthR:0.00} (slope {r.After.MouthSlope:0.00})
            """);
    }
}
