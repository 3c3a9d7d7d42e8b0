using Avatar2D.Gateway.Commands;

namespace Avatar2D.Gateway.Tests.Commands;

/// <summary>One command line and what came of it.</summary>
internal sealed record CommandRun(int ExitCode, string Output, IReadOnlyList<string> Errors)
{
    /// <summary>Runs a verb in this process.</summary>
    public static async Task<CommandRun> OfAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CommandLine.RunAsync(args, output, error, TestContext.Current.CancellationToken);
        return new CommandRun(code, output.ToString(), error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The contract of wrong input: exit code 2, nothing but one line, which says what is wrong.</summary>
    public void AssertUsageError(string part)
    {
        Assert.Equal("", Output);
        string line = Assert.Single(Errors);
        Assert.StartsWith("avatar2d: ", line, StringComparison.Ordinal);
        Assert.Contains(part, line, StringComparison.Ordinal);
        Assert.Equal(2, ExitCode);
    }
}
