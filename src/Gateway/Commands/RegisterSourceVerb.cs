using System.CommandLine;
using System.Text.Json;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.AvatarEngine.Registration;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using Avatar2D.Gateway.Subscribers.Storage;
using AvatarKind = Avatar2D.Gateway.Subscribers.AvatarKind;
using PackageKind = Avatar2D.AvatarEngine.Avatars.AvatarKind;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// <c>register-source</c>, hidden: the worker process of <see cref="WorkerRegistrar"/>. It bounds itself, looks at one file and
/// writes <see cref="WorkerMessage"/> lines. Not for people: they have the verb register.
/// </summary>
internal sealed class RegisterSourceVerb : IVerb
{
    private const long MaxPackageBytes = 1_000_000_000;

    private readonly Option<string> _source = new("--source") { Required = true };
    private readonly Option<AvatarKind> _kind = new("--kind") { Required = true };
    private readonly Option<string> _name = new("--name") { Required = true };
    private readonly Option<string> _out = new("--out") { Required = true };
    private readonly Option<string> _models = new("--models") { Required = true };
    private readonly Option<int> _memory = new("--memory-megabytes") { Required = true };
    private readonly Option<int> _seconds = new("--seconds") { Required = true };
    private readonly Option<int> _maxClipSeconds = new("--max-clip-seconds") { Required = true };
    private readonly Option<int> _maxPixels = new("--max-pixels") { Required = true };

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var command = new Command(WorkerRegistrar.Verb) { _source, _kind, _name, _out, _models, _memory, _seconds, _maxClipSeconds, _maxPixels };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            // Processor time counts all threads; the clock on the wall is the parent's business.
            WorkerLimits.Apply(parsed.GetValue(_memory) * 1_000_000L, parsed.GetValue(_seconds) * Environment.ProcessorCount, MaxPackageBytes);
            Run(parsed, new WorkerWriter(output));
            return ExitCode.Success;
        });
        return command;
    }

    private void Run(ParseResult parsed, WorkerWriter writer)
    {
        (string source, AvatarKind kind) = (parsed.GetValue(_source)!, parsed.GetValue(_kind)); // Required.
        writer.Progress(1, "decodes the source");
        IReadOnlyList<Verdict> verdicts = SourceInspector.Inspect(
            source, kind, parsed.GetValue(_maxClipSeconds), parsed.GetValue(_maxPixels), percent => writer.Progress(percent / 5, "decodes the source"));
        if (!verdicts.All(v => v.Passed))
        {
            writer.Write(new WorkerMessage { Verdicts = verdicts });
            return;
        }

        try
        {
            FaceModels models = FaceNets.Load(new EngineOptions { Folder = parsed.GetValue(_models)! });
            var folder = new AvatarFolder(Path.GetDirectoryName(parsed.GetValue(_out))!); // A folder of its job, never the root.
            var registrar = new AvatarRegistrar(folder, () => models.CreateTracker(), TimeProvider.System);
            (AvatarPackage? package, IReadOnlyList<SourceFinding> findings) = registrar.Register(
                parsed.GetValue(_name)!, kind == AvatarKind.Photo ? PackageKind.Photo : PackageKind.Video, source,
                done => writer.Progress(20 + (int)(79 * done), "looks at the face"), CancellationToken.None);
            writer.Write(new WorkerMessage { Verdicts = [.. verdicts, .. SourceVerdicts.Of(findings, kind, package is not null)], HasPackage = package is not null });
        }
        catch (InvalidDataException unreadable)
        {
            string what = unreadable.Message.Replace(source, "The file", StringComparison.Ordinal);
            writer.Write(new WorkerMessage { Verdicts = [.. verdicts, new Verdict("decodable", false, what, "Export it once more with ordinary settings (H.264 in MP4; or JPEG) and send that.")] });
        }
        catch (Exception failure) when (failure is ModelException or IOException or AvatarException)
        {
            writer.Write(new WorkerMessage { Error = failure.Message });
        }
    }

    /// <summary>Writes lines, progress only when it has moved.</summary>
    private sealed class WorkerWriter(TextWriter output)
    {
        private int _percent = -1;

        public void Progress(int percent, string step)
        {
            if (percent == _percent)
                return;
            _percent = percent;
            Write(new WorkerMessage { Percent = percent, Step = step });
        }

        public void Write(WorkerMessage message)
        {
            output.WriteLine(JsonSerializer.Serialize(message, StoreJson.Options));
            output.Flush();
        }
    }
}
