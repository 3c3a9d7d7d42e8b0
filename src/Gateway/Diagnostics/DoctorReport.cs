using System.Globalization;
using System.Text.Json;

namespace Avatar2D.Gateway.Diagnostics;

/// <summary>All that the doctor found.</summary>
/// <param name="Checks">In the order of looking.</param>
/// <param name="ExitCode">0: the gateway can run; 2: the settings are wrong; 3: something is missing on the machine.</param>
public sealed record DoctorReport(IReadOnlyList<DoctorFinding> Checks, int ExitCode)
{
    /// <summary>True when nothing failed; warnings do not count.</summary>
    public bool Ok => ExitCode == 0;

    /// <summary>For machines: {"ok", "exitCode", "checks": [{"name", "status", "found", "advice"}]}, indented.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DoctorJson.Default.DoctorReport);

    /// <summary>For people: a line per check, below it what to do.</summary>
    public void WriteTo(TextWriter writer)
    {
        int width = Checks.Count == 0 ? 0 : Checks.Max(c => c.Name.Length);
        foreach (DoctorFinding check in Checks)
        {
            string mark = check.Status switch { DoctorStatus.Ok => "ok  ", DoctorStatus.Warning => "WARN", _ => "FAIL" };
            writer.WriteLine($"{mark}  {check.Name.PadRight(width)}  {check.Found}");
            if (check.Advice is not null)
                writer.WriteLine($"      {"".PadRight(width)}  -> {check.Advice}");
        }

        int failed = Checks.Count(c => c.Status == DoctorStatus.Failed);
        int warned = Checks.Count(c => c.Status == DoctorStatus.Warning);
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Checks.Count} checks, {failed} failed, {warned} warned"));
    }
}
