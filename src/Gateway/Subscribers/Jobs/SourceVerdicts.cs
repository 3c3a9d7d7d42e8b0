using System.Text.Json;
using Avatar2D.AvatarEngine.Registration;

namespace Avatar2D.Gateway.Subscribers.Jobs;

/// <summary>What registration found, as one verdict for each of its checks.</summary>
internal static class SourceVerdicts
{
    // A photo has no time.
    private static readonly SourceVerdict[] OfVideosOnly =
        [SourceVerdict.TooShort, SourceVerdict.TooSlow, SourceVerdict.MouthNeverClosed, SourceVerdict.MouthNeverOpen];

    /// <summary>The verdicts: what was found, and when an avatar was made, that all other checks passed.</summary>
    /// <param name="findings">What is less than good.</param>
    /// <param name="kind">Photo or video.</param>
    /// <param name="isMade">An avatar was made: every check was.</param>
    public static IEnumerable<Verdict> Of(IReadOnlyList<SourceFinding> findings, AvatarKind kind, bool isMade)
    {
        foreach (SourceFinding finding in findings)
            yield return new Verdict(CodeOf(finding.Verdict), !finding.Refuses, Sentence(finding.Verdict), finding.Advice);
        if (!isMade)
            yield break;
        foreach (SourceVerdict check in Enum.GetValues<SourceVerdict>().Except(findings.Select(f => f.Verdict)))
        {
            if (kind == AvatarKind.Video || !OfVideosOnly.Contains(check))
                yield return new Verdict(CodeOf(check), true, $"{Sentence(check)[..^1]}: not so.");
        }
    }

    /// <summary>The stable name of a check: "several_faces".</summary>
    public static string CodeOf(SourceVerdict verdict) => JsonNamingPolicy.SnakeCaseLower.ConvertName(verdict.ToString());

    private static string Sentence(SourceVerdict verdict)
    {
        string words = CodeOf(verdict).Replace('_', ' ');
        return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
    }
}
