using Avatar2D.Gateway.Options;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Provisioning;

/// <summary>The commands that the README tells people to type, read out of it.</summary>
internal static class ReadmeWalk
{
    private const string Heading = "## Subscribers and their avatars";

    /// <summary>The indented blocks of the section, one script each.</summary>
    public static IReadOnlyList<string> Blocks()
    {
        string readme = File.ReadAllText(InstallationFiles.Find("README.md") ?? throw new FileNotFoundException("README.md"));
        string section = readme.Split(Heading)[1].Split("\n## ")[0];
        var blocks = new List<string>();
        bool inside = false;
        foreach (string line in section.Split('\n'))
        {
            bool code = line.StartsWith("    ", StringComparison.Ordinal);
            if (code && !inside)
                blocks.Add("");
            if (code)
                blocks[^1] += line[4..] + "\n";
            inside = code || (inside && line.Length == 0);
        }

        return blocks;
    }

    /// <summary>Runs a block in a folder where <c>./run</c> is the program, as somebody would who follows the README.</summary>
    public static async Task<string> RunAsync(TempFolder folder, string script)
    {
        folder.Write("run", $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "avatar2d.dll")} \"$@\"\n");
        await using ExternalProcess shell = ExternalProcess.Start("/bin/bash", ["-euo", "pipefail", "-c", "chmod +x run\n" + script], folder.Root);
        int code = await shell.EndedAsync(TimeSpan.FromMinutes(4));
        Assert.True(code == 0, $"{script}\n{shell.Report}");
        return shell.Output;
    }
}
