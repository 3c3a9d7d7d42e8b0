using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Heads;
using Avatar2D.Gateway.Datasets;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>prepare</c>: makes training shards of drawn or rendered people who speak synthetic sentences.</summary>
internal sealed class PrepareVerb(string synthesizer = "flite") : IVerb
{
    private const int MostPeople = 10_000;
    private const int MostSeconds = 3600;
    private const int MostJobs = 256;

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var gallery = new Option<int?>("--gallery") { Description = "Draw so many people, the named ones first", HelpName = "N" };
        var heads = new Option<int?>("--heads") { Description = "Render so many people from a morphable head", HelpName = "N" };
        var faceKit = new Option<string>("--facekit") { Description = "The morphable head: an .npz file, not shipped (docs/models.md)", HelpName = "FILE" };
        var seconds = new Option<double>("--seconds")
        {
            Description = "Seconds of each person", HelpName = "S", DefaultValueFactory = _ => 60,
        };
        var seed = new Option<int>("--seed") { Description = "Draws people and sentences", HelpName = "K", DefaultValueFactory = _ => 1 };
        var jobs = new Option<int>("--jobs")
        {
            Description = "People at the same time (default: all cores)", HelpName = "J", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var folder = new Option<string>("--out") { Description = "Folder", HelpName = "DIR", DefaultValueFactory = _ => "out/shards" };
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("prepare", "Makes training shards; what an earlier run finished is kept.")
        {
            gallery, heads, faceKit, seconds, seed, jobs, folder, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.UnmatchedTokens.Count > 0)
                throw new UsageException($"{parsed.UnmatchedTokens[0]} is no option of prepare");
            bool areHeads = parsed.GetValue(heads) is not null;
            if (areHeads == parsed.GetValue(gallery) is not null)
                throw new UsageException("prepare needs --gallery N, how many people to draw, or --heads N --facekit FILE, how many to render");
            if (areHeads != parsed.GetValue(faceKit) is not null)
                throw new UsageException(areHeads ? "--heads needs --facekit FILE, the morphable head" : "--facekit goes with --heads N");
            var options = new SpokenDatasetOptions
            {
                People = parsed.GetValue(gallery) ?? parsed.GetValue(heads) ?? 0,
                SecondsPerPerson = parsed.GetValue(seconds),
                Seed = parsed.GetValue(seed),
                Jobs = parsed.GetValue(jobs),
            };
            string path = parsed.GetValue(folder)!; // Has a default.
            Check(options, areHeads ? "--heads" : "--gallery", path);
            return await RunAsync(options, parsed.GetValue(faceKit), path, parsed.GetValue(json), output, error, cancellationToken);
        });
        return command;
    }

    private static void Check(SpokenDatasetOptions options, string people, string folder)
    {
        var mistakes = new List<string>();
        if (options.People is < 1 or > MostPeople)
            mistakes.Add($"{people} is a number of people from 1 to {MostPeople}, not {options.People}");
        if (!(options.SecondsPerPerson is > 0 and <= MostSeconds))
            mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"--seconds is above 0 and at most {MostSeconds}, not {options.SecondsPerPerson}"));
        if (options.Seed < 0)
            mistakes.Add($"--seed is 0 or more, not {options.Seed}");
        if (options.Jobs is < 1 or > MostJobs)
            mistakes.Add($"--jobs is from 1 to {MostJobs}, not {options.Jobs}");
        if (folder.Length == 0 || File.Exists(folder))
            mistakes.Add($"--out is a folder, and '{folder}' is none");
        if (mistakes.Count > 0)
            throw new UsageException(mistakes);
    }

    private async Task<int> RunAsync(
        SpokenDatasetOptions options, string? faceKit, string folder, bool json, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var tally = new PrepareTally(error);
        try
        {
            FliteSynthesizer speech = await FliteSynthesizer.FindAsync(synthesizer, cancellationToken);
            HeadModel? head = faceKit is null ? null : HeadModel.Load(faceKit);
            var shards = new ShardFolder(folder);
            SpokenDataset dataset = head is null ? new GalleryDataset(shards, options, speech) : new HeadDataset(head, shards, options, speech);
            await dataset.RunAsync(tally.Add, cancellationToken);
        }
        catch (SynthesizerMissingException missing)
        {
            await error.WriteLineAsync($"avatar2d: {missing.Message}");
            return ExitCode.Missing;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync($"avatar2d: {failure.Message}");
            await error.WriteLineAsync($"avatar2d: {tally.Report(folder).Clips} finished clips stay in {folder}; the same command goes on from there");
            return ExitCode.Failed;
        }

        PrepareReport report = tally.Report(folder);
        await output.WriteLineAsync(json ? JsonSerializer.Serialize(report, PrepareJson.Default.PrepareReport) : Text(report));
        return ExitCode.Success;
    }

    private static string Text(PrepareReport r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Clips} clips of {r.People} people in {r.Folder} ({r.Made} made now): {r.Seconds:0} s, sync r {r.SyncR:0.00} (half), {r.InSync} clips within one picture");
}
