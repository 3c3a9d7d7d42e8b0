using System.CommandLine;
using Avatar2D.AvatarEngine.Avatars;
using Avatar2D.AvatarEngine.Faces;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;
using AvatarKind = Avatar2D.Gateway.Subscribers.AvatarKind;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// A hidden verb: the worker process of <see cref="SourceWorker"/>. It bounds itself, looks at one file and writes
/// <see cref="WorkerMessage"/> lines. Not for people.
/// </summary>
internal abstract class SourceVerb(string name) : IVerb
{
    private const long MaxFileBytes = 4_000_000_000;

    private readonly Option<string> _source = new("--source") { Required = true };
    private readonly Option<AvatarKind> _kind = new("--kind") { Required = true };
    private readonly Option<string> _name = new("--name") { Required = true };
    private readonly Option<string> _out = new("--out") { Required = true };
    private readonly Option<string> _models = new("--models") { Required = true };
    private readonly Option<string> _model = new("--model") { Required = true };
    private readonly Option<int> _memory = new("--memory-megabytes") { Required = true };
    private readonly Option<int> _seconds = new("--seconds") { Required = true };
    private readonly Option<int> _maxClipSeconds = new("--max-clip-seconds") { Required = true };
    private readonly Option<int> _maxPixels = new("--max-pixels") { Required = true };

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var command = new Command(name) { _source, _kind, _name, _out, _models, _model, _memory, _seconds, _maxClipSeconds, _maxPixels };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            // Processor time counts all threads; the clock on the wall is the parent's business.
            WorkerLimits.Apply(parsed.GetValue(_memory) * 1_000_000L, parsed.GetValue(_seconds) * Environment.ProcessorCount, MaxFileBytes);
            Run(parsed, new WorkerWriter(output));
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Works on a source that can be decoded.</summary>
    /// <param name="order">What was ordered.</param>
    /// <param name="engine">Where the models are, and which one speaks.</param>
    /// <param name="faces">Makes a reader of faces.</param>
    /// <param name="writer">For progress from 20 percent on.</param>
    /// <returns>More verdicts, and whether something was made.</returns>
    protected abstract RegistrationOutcome Work(SourceOrder order, EngineOptions engine, Func<IFaceReader> faces, WorkerWriter writer);

    private void Run(ParseResult parsed, WorkerWriter writer)
    {
        var order = new SourceOrder(parsed.GetValue(_source)!, parsed.GetValue(_kind), parsed.GetValue(_name)!, parsed.GetValue(_out)!); // Required.
        writer.Progress(1, "decodes the source");
        IReadOnlyList<Verdict> verdicts = SourceInspector.Inspect(
            order.Source, order.Kind, parsed.GetValue(_maxClipSeconds), parsed.GetValue(_maxPixels), percent => writer.Progress(percent / 5, "decodes the source"));
        if (!verdicts.All(v => v.Passed))
        {
            writer.Write(new WorkerMessage { Verdicts = verdicts });
            return;
        }

        try
        {
            // On the processor: a device's drivers want more memory than a worker has.
            var engine = new EngineOptions { Folder = parsed.GetValue(_models)!, Model = parsed.GetValue(_model)!, Provider = ProviderRequest.Cpu };
            FaceModels models = FaceNets.Load(engine);
            RegistrationOutcome outcome = Work(order, engine, () => models.CreateTracker(), writer);
            writer.Write(new WorkerMessage { Verdicts = [.. verdicts, .. outcome.Verdicts], HasPackage = outcome.HasPackage });
        }
        catch (InvalidDataException unreadable)
        {
            string what = unreadable.Message.Replace(order.Source, "The file", StringComparison.Ordinal);
            writer.Write(new WorkerMessage { Verdicts = [.. verdicts, new Verdict("decodable", false, what, "Export it once more with ordinary settings (H.264 in MP4; or JPEG) and send that.")] });
        }
        catch (Exception failure) when (failure is ModelException or IOException or AvatarException)
        {
            writer.Write(new WorkerMessage { Error = failure.Message });
        }
    }
}
