using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Learning;
using Avatar2D.Gateway.Options;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>personalize</c>: the robust model fine-tuned to one person (3GPP TR 26.813 §6.3.2), kept only where it is better.</summary>
internal sealed class PersonalizeVerb(string? interpreter = null) : IVerb
{
    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var person = new Option<string>("--person") { Description = "The person's name in the shards", HelpName = "NAME", Required = true };
        var shards = new Option<string>("--shards", "--data")
        {
            Description = "Folder of prepared clips", HelpName = "DIR", DefaultValueFactory = _ => "out/shards",
        };
        var model = new Option<string?>("--model") { Description = "model.pth to begin with (default: of the newest robust model)", HelpName = "FILE" };
        var folder = new Option<string?>("--out") { Description = "Folder of the run (default: out/personal/NAME)", HelpName = "DIR" };
        var steps = new Option<int?>("--steps") { Description = "Steps at most", HelpName = "N" };
        var minutes = new Option<double>("--minutes") { Description = "Time to learn", HelpName = "M", DefaultValueFactory = _ => 30 };
        Option<int> threads = LearningOptions.Threads();
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("personalize", "Fine-tunes a face model to one person and exports it if it is better on held-out seconds.")
        {
            person, shards, model, folder, steps, minutes, threads, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            LearningOptions.RefuseOthers(parsed, "personalize");
            string name = parsed.GetValue(person)!; // Required.
            string place = parsed.GetValue(folder) ?? Path.Combine("out", "personal", name);
            string robust = parsed.GetValue(model) ?? Newest();
            var mistakes = new List<string>();
            LearningOptions.Check(mistakes, parsed.GetValue(steps), parsed.GetValue(minutes), parsed.GetValue(threads));
            LearningOptions.CheckShards(mistakes, parsed.GetValue(shards)!); // Has a default.
            if (name.Length == 0 || name.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()))
                mistakes.Add($"--person is a name that a folder can have, not '{name}'");
            if (!File.Exists(robust))
                mistakes.Add($"--model is a file, and there is no '{robust}'");
            if (mistakes.Count > 0)
                throw new UsageException(mistakes);
            OutputPlace.RequireFolder("--out", place);
            List<string> arguments =
            [
                "--shards", Path.GetFullPath(parsed.GetValue(shards)!),
                "--person", name,
                "--robust", Path.GetFullPath(robust),
                "--out", Path.GetFullPath(place),
                "--minutes", parsed.GetValue(minutes).ToString(CultureInfo.InvariantCulture),
                "--threads", parsed.GetValue(threads).ToString(CultureInfo.InvariantCulture),
            ];
            if (parsed.GetValue(steps) is { } n)
                arguments.AddRange("--steps", n.ToString(CultureInfo.InvariantCulture));
            return await LearningRun.RunAsync(
                interpreter, "personalize", arguments, report => output.WriteLineAsync(parsed.GetValue(json) ? report.Trim() : Text(report)), error, cancellationToken);
        });
        return command;
    }

    private static string Newest()
    {
        try
        {
            return Path.Combine(FaceEngine.FolderOf(new EngineOptions(), new EngineOptions().Model), "model.pth");
        }
        catch (ModelException missing)
        {
            throw new UsageException($"{missing.Message}; name one with --model");
        }
    }

    private static string Text(string json)
    {
        PersonalizeReport r = JsonSerializer.Deserialize(json, PersonalizeJson.Default.PersonalizeReport)
            ?? throw new InvalidDataException("the trainer gave no report");
        string verdict = r.Model is null ? "no personal model" : r.Model;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {verdict}: {r.Person}, {r.Steps} steps in {r.Seconds:0} s, best at step {r.KeptAtStep}
            {r.Figures}
            """);
    }
}
