namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>All rows; those that wait longest first.</summary>
internal static class SippCases
{
    /// <summary>The rows.</summary>
    public static IReadOnlyList<SippCase> All { get; } = [.. LossCases.Rows, .. SessionCases.Rows, .. PictureCases.Rows, .. ChangeCases.Rows, .. CrossingCases.Rows, .. RefusalCases.Rows];
}
