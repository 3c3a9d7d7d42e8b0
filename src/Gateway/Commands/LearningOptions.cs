using System.CommandLine;

namespace Avatar2D.Gateway.Commands;

/// <summary>Options and checks that <c>train</c> and <c>personalize</c> have in common.</summary>
internal static class LearningOptions
{
    private const int MostThreads = 1024;

    /// <summary>How many cores the networks are computed on.</summary>
    public static Option<int> Threads() => new("--threads")
    {
        Description = "Cores to compute on", HelpName = "T", DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    /// <summary>Neither verb reads settings.</summary>
    /// <exception cref="UsageException">There is an unknown word.</exception>
    public static void RefuseOthers(ParseResult parsed, string verb)
    {
        if (parsed.UnmatchedTokens.Count > 0)
            throw new UsageException($"{parsed.UnmatchedTokens[0]} is no option of {verb}");
    }

    /// <summary>Adds what is wrong with the numbers.</summary>
    public static void Check(List<string> mistakes, int? steps, double? minutes, int threads)
    {
        if (steps < 1)
            mistakes.Add($"--steps is 1 or more, not {steps}");
        if (minutes is { } m && !(m is > 0 and < 1e6))
            mistakes.Add(FormattableString.Invariant($"--minutes is above 0, not {m}"));
        if (threads is < 1 or > MostThreads)
            mistakes.Add($"--threads is from 1 to {MostThreads}, not {threads}");
    }

    /// <summary>Adds what is wrong with the folder of shards.</summary>
    public static void CheckShards(List<string> mistakes, string folder)
    {
        if (!Directory.Exists(folder))
            mistakes.Add($"--shards {folder}: there is no such folder; avatar2d prepare --out {folder} makes one");
    }
}
