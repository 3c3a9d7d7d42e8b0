using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Heads;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Datasets;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Speech;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>prepare</c>: makes training shards of videos, or of drawn or rendered people who speak synthetic sentences.</summary>
/// <param name="synthesizer">The program that speaks.</param>
/// <param name="faces">Makes readers of faces; null loads the networks.</param>
internal sealed class PrepareVerb(string synthesizer = "flite", Func<IFaceReader>? faces = null) : IVerb
{
    private const int MostPeople = 10_000;
    private const int MostSeconds = 3600;
    private const int MostJobs = 256;

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var videos = new Argument<string[]>("VIDEO|FOLDER")
        {
            Description = "Videos, or folders of them", Arity = ArgumentArity.ZeroOrMore,
        };
        var person = new Option<string?>("--person") { Description = "Who is seen in the videos", HelpName = "NAME" };
        var licence = new Option<string?>("--licence")
        {
            Description = "train: may enter weights that are given away; measure: never", HelpName = "train|measure",
        };
        var use = new Option<string>("--use") { Description = "train, validation, test or unseen", HelpName = "USE", DefaultValueFactory = _ => "train" };
        var pictureOnly = new Option<bool>("--picture-only") { Description = "Leave the videos' sound out" };
        var gallery = new Option<int?>("--gallery") { Description = "Draw so many people, the named ones first", HelpName = "N" };
        var heads = new Option<int?>("--heads") { Description = "Render so many people from a morphable head", HelpName = "N" };
        var faceKit = new Option<string>("--facekit") { Description = "The morphable head: an .npz file, not shipped (docs/models.md)", HelpName = "FILE" };
        var seconds = new Option<double>("--seconds")
        {
            Description = "Seconds of each drawn or rendered person", HelpName = "S", DefaultValueFactory = _ => 60,
        };
        var seed = new Option<int>("--seed") { Description = "Draws people and sentences", HelpName = "K", DefaultValueFactory = _ => 1 };
        var jobs = new Option<int>("--jobs")
        {
            Description = "People or videos at the same time (default: all cores)", HelpName = "J", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var models = new Option<string>("--models")
        {
            Description = "Folder of the networks that read faces in videos", HelpName = "DIR", DefaultValueFactory = _ => new EngineOptions().Folder,
        };
        var folder = new Option<string>("--out") { Description = "Folder", HelpName = "DIR", DefaultValueFactory = _ => "out/shards" };
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("prepare", "Makes training shards; what an earlier run finished is kept.")
        {
            videos, person, licence, use, pictureOnly, gallery, heads, faceKit, seconds, seed, jobs, models, folder, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] paths = parsed.GetValue(videos) ?? [];
            if (parsed.UnmatchedTokens.Concat(paths.Where(p => p.StartsWith('-'))).FirstOrDefault() is { } unknown)
                throw new UsageException($"{unknown} is no option of prepare");
            string path = parsed.GetValue(folder)!; // Has a default.
            bool asJson = parsed.GetValue(json);
            bool areHeads = parsed.GetValue(heads) is not null, areDrawn = parsed.GetValue(gallery) is not null;
            if ((areHeads ? 1 : 0) + (areDrawn ? 1 : 0) + (paths.Length > 0 ? 1 : 0) != 1)
            {
                throw new UsageException(
                    "prepare needs --gallery N, how many people to draw, or --heads N --facekit FILE, how many to render, or videos with --person and --licence");
            }

            if (areHeads != parsed.GetValue(faceKit) is not null)
                throw new UsageException(areHeads ? "--heads needs --facekit FILE, the morphable head" : "--facekit goes with --heads N");
            if (paths.Length > 0)
            {
                var source = new FilmSource("", parsed.GetValue(person) ?? "", parsed.GetValue(licence) ?? "", ClipUse.Train, parsed.GetValue(pictureOnly));
                source = CheckFilms(source, parsed.GetValue(use)!, parsed.GetValue(jobs), path); // Has a default.
                Func<IFaceReader> Readers()
                {
                    FaceModels nets = FaceNets.Load(new EngineOptions { Folder = parsed.GetValue(models)! }); // Has a default.
                    return () => nets.CreateTracker();
                }

                return await FinishAsync(
                    async tally =>
                    {
                        IReadOnlyList<(string File, string Name)> films = FilmFiles.Find(paths, source.Person);
                        int done = 0;
                        await new FilmDataset(new ShardFolder(path), faces ?? Readers(), parsed.GetValue(jobs)).RunAsync(
                            films, name => source with { Path = name },
                            (film, clips, wasThere) => tally.Add(film, clips, wasThere, (double)++done / films.Count), cancellationToken);
                    },
                    path, asJson, output, error);
            }

            var options = new SpokenDatasetOptions
            {
                People = parsed.GetValue(gallery) ?? parsed.GetValue(heads) ?? 0,
                SecondsPerPerson = parsed.GetValue(seconds),
                Seed = parsed.GetValue(seed),
                Jobs = parsed.GetValue(jobs),
            };
            Check(options, areHeads ? "--heads" : "--gallery", path);
            return await FinishAsync(
                async tally =>
                {
                    FliteSynthesizer speech = await FliteSynthesizer.FindAsync(synthesizer, cancellationToken);
                    HeadModel? head = parsed.GetValue(faceKit) is { } file ? HeadModel.Load(file) : null;
                    var shards = new ShardFolder(path);
                    SpokenDataset dataset = head is null ? new GalleryDataset(shards, options, speech) : new HeadDataset(head, shards, options, speech);
                    await dataset.RunAsync(tally.Add, cancellationToken);
                },
                path, asJson, output, error);
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
        CheckPlace(options.Jobs, folder, mistakes);
    }

    private static FilmSource CheckFilms(FilmSource source, string use, int jobs, string folder)
    {
        var mistakes = new List<string>();
        if (!AvatarName.IsValid(source.Person))
            mistakes.Add("--person NAME says who is seen: letters, digits, '_', '.', '-', at most 63");
        if (source.Licence is not ("train" or "measure"))
            mistakes.Add("--licence is train (may enter weights that are given away) or measure (never)");
        if (!Enum.TryParse(use, ignoreCase: true, out ClipUse parsed) || !use.All(char.IsLetter))
            mistakes.Add($"--use is train, validation, test or unseen, not {use}");
        CheckPlace(jobs, folder, mistakes);
        return source with { Use = parsed };
    }

    private static void CheckPlace(int jobs, string folder, List<string> mistakes)
    {
        if (jobs is < 1 or > MostJobs)
            mistakes.Add($"--jobs is from 1 to {MostJobs}, not {jobs}");
        if (folder.Length == 0 || File.Exists(folder))
            mistakes.Add($"--out is a folder, and '{folder}' is none");
        if (mistakes.Count > 0)
            throw new UsageException(mistakes);
    }

    private static async Task<int> FinishAsync(Func<PrepareTally, Task> work, string folder, bool json, TextWriter output, TextWriter error)
    {
        var tally = new PrepareTally(error);
        try
        {
            await work(tally);
        }
        catch (Exception missing) when (missing is SynthesizerMissingException or ModelException)
        {
            await error.WriteLineAsync($"avatar2d: {missing.Message}");
            return ExitCode.Missing;
        }
        catch (Exception failure) when (Single(failure) is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync($"avatar2d: {Single(failure).Message}");
            await error.WriteLineAsync($"avatar2d: {tally.Report(folder).Clips} finished clips stay in {folder}; the same command goes on from there");
            return ExitCode.Failed;
        }

        PrepareReport report = tally.Report(folder);
        await output.WriteLineAsync(json ? JsonSerializer.Serialize(report, PrepareJson.Default.PrepareReport) : Text(report));
        return report.Refused.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    /// <summary>Work on several threads may fail on each of them.</summary>
    private static Exception Single(Exception failure) => failure is AggregateException several ? several.Flatten().InnerExceptions[0] : failure;

    private static string Text(PrepareReport r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Clips} clips of {r.People} people in {r.Folder} ({r.Made} made now): {r.Seconds:0} s, sync r {r.SyncR:0.00} (half), {r.InSync} clips within one picture")
        + (r.Refused.Count == 0 ? "" : $"; {r.Refused.Count} videos refused");
}
