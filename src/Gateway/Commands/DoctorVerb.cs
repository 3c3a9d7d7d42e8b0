using System.CommandLine;
using Avatar2D.Codecs;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Learning;

namespace Avatar2D.Gateway.Commands;

/// <summary><c>doctor</c>: what is installed, what is missing, what to do.</summary>
internal sealed class DoctorVerb : IVerb
{
    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        Option<string?> config = Settings.ConfigOption();
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("doctor", "Says what is installed, what is missing and what to do.") { config, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var probes = new DoctorProbes
            {
                Libraries = Libraries, FaceModel = FaceEngine.Probe, FaceNetworks = FaceNets.Probe, Training = await TrainingAsync(cancellationToken),
            };
            DoctorReport report = new Doctor(DoctorMachine.Read(), Settings.TryLoad(parsed, config), probes).Run();
            if (parsed.GetValue(json))
                await output.WriteLineAsync(report.ToJson());
            else
                report.WriteTo(output);
            return report.ExitCode;
        });
        return command;
    }

    private static async Task<DoctorLibrary> TrainingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new DoctorLibrary("PyTorch", (await TrainingProgram.FindAsync(null, cancellationToken)).Version, TrainingProgram.Install, true);
        }
        catch (TrainingMissingException missing)
        {
            return new DoctorLibrary("PyTorch", null, TrainingProgram.Install, true, missing.Message);
        }
    }

    private static IReadOnlyList<DoctorLibrary> Libraries() =>
    [
        .. CodecLibraries.Probe().Select(library => new DoctorLibrary(
            library.Name, library.IsUsable ? library.Detail : null, PackageOf(library.Name), !library.IsRequired, library.IsUsable ? null : library.Detail)),
    ];

    private static string PackageOf(string library) => library switch
    {
        "libopus" => "libopus0",
        "libavformat" => "libavformat59",
        "libavutil" => "libavutil57",
        "libswscale" => "libswscale6",
        _ => "libavcodec59",
    };
}
