using System.Text.Json;
using Avatar2D.Gateway.Commands;
using Avatar2D.Gateway.Learning;
using Avatar2D.Gateway.Tests.Commands;

namespace Avatar2D.Gateway.Tests.Learning;

/// <summary><c>prepare</c> and <c>train</c> on data that the project makes itself, from nothing to a model that serving loads.</summary>
public sealed class TrainVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("train-tests-").FullName;

    [Theory]
    [InlineData("no such folder", "train", "--shards", "/no/such/folder")]
    [InlineData("--steps is 1 or more", "train", "--shards", ".", "--steps", "0")]
    [InlineData("--minutes is above 0", "train", "--shards", ".", "--minutes", "-1")]
    [InlineData("--minutes is above 0", "train", "--shards", ".", "--minutes", "NaN")]
    [InlineData("--threads is from 1", "train", "--shards", ".", "--threads", "0")]
    [InlineData("'huge'", "train", "--shards", ".", "--config", "huge")]
    [InlineData("no option of train", "train", "--shards", ".", "--Sip:Listen=x")]
    [InlineData("--init is a file", "train", "--shards", ".", "--init", "/no/model.pth")]
    [InlineData("--person", "personalize", "--shards", ".")]
    [InlineData("no such folder", "personalize", "--person", "eva", "--shards", "/no/such/folder", "--model", "/etc/hostname")]
    [InlineData("--model is a file", "personalize", "--person", "eva", "--shards", ".", "--model", "/no/model.pth")]
    [InlineData("--minutes is above 0", "personalize", "--person", "eva", "--shards", ".", "--minutes", "0", "--model", "/etc/hostname")]
    public async Task Learn_WrongInput_IsAUsageError(string part, params string[] arguments) =>
        (await CommandRun.OfAsync(arguments)).AssertUsageError(part);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Learn_NoPython_SaysWhatToInstall(bool personalize)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        IVerb verb = personalize ? new PersonalizeVerb("python-of-no-machine") : new TrainVerb("python-of-no-machine");
        string[] arguments = personalize
            ? ["--person", "eva", "--shards", _folder, "--model", "/etc/hostname", "--out", Path.Combine(_folder, "run")]
            : ["--shards", _folder, "--out", Path.Combine(_folder, "run")];
        int code = await verb.Describe(output, error).Parse(arguments).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Missing, code);
        Assert.Contains("apt-get install", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("python3-torch", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Train_FolderWithoutClips_SaysHowToMakeSome()
    {
        await RequirePythonAsync();
        CommandRun run = await CommandRun.OfAsync("train", "--shards", _folder, "--out", Path.Combine(_folder, "run"), "--config", "tiny");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(run.Errors, line => line.StartsWith("avatar2d: there are no training clips", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Train_PersonUnknown_NamesThoseWhoAreThere()
    {
        await RequirePythonAsync();
        string model = Path.Combine(_folder, "model.pth");
        await File.WriteAllTextAsync(model, "x", TestContext.Current.CancellationToken);
        CommandRun run = await CommandRun.OfAsync(
            "personalize", "--person", "nobody", "--shards", _folder, "--model", model, "--out", Path.Combine(_folder, "run"));
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains(run.Errors, line => line.Contains("people there: none", StringComparison.Ordinal));
    }

    /// <summary>About a minute and a half of one core. Seen: picture error 0.074 -> 0.019, mouth r -0.06 -> 0.54, code r 0.34 -> 0.56.</summary>
    [Fact]
    public async Task Train_TinyOnDrawnPeople_LearnsMouthsAndExportsAModel()
    {
        await RequirePythonAsync();
        await Speech.FliteSynthesizerTests.Flite();
        string shards = Path.Combine(_folder, "shards"), made = Path.Combine(_folder, "run");
        CommandRun prepared = await CommandRun.OfAsync("prepare", "--gallery", "4", "--seconds", "13", "--out", shards);
        Assert.Equal(ExitCode.Success, prepared.ExitCode);

        CommandRun run = await CommandRun.OfAsync("train", "--config", "tiny", "--shards", shards, "--out", made, "--threads", "1", "--json");
        Assert.True(run.ExitCode == ExitCode.Success, string.Join(Environment.NewLine, run.Errors));
        Assert.Contains(run.Errors, line => line.Contains("faces/s", StringComparison.Ordinal) && line.Contains(" left", StringComparison.Ordinal));
        TrainReport report = JsonSerializer.Deserialize(run.Output, TrainJson.Default.TrainReport)!; // Checked by its parts.
        Assert.True(report.After.Error < 0.5 * report.Before.Error, $"{report}");
        Assert.True(report.After.MouthR > 0.35 && report.After.MouthR > report.Before.MouthR + 0.25, $"{report}");
        // A net of chance weights already follows loudness, and so the mouth a little.
        Assert.True(report.After.CodeR > 0.45 && report.After.CodeR > report.Before.CodeR + 0.1, $"{report}");
        AvatarEngine.Models.BaseModel model = AvatarEngine.Models.BaseModel.Load(report.Model); // Checks hashes and tensors.
        Assert.Equal(64, model.PatchPx);

        CommandRun again = await CommandRun.OfAsync("train", "--config", "small", "--shards", shards, "--out", made);
        Assert.Equal(ExitCode.Failed, again.ExitCode);
        Assert.Contains(again.Errors, line => line.Contains("--config tiny", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task RequirePythonAsync()
    {
        try
        {
            await TrainingProgram.FindAsync(null, TestContext.Current.CancellationToken);
        }
        catch (TrainingMissingException missing)
        {
            Assert.Skip(missing.Message);
        }
    }
}
