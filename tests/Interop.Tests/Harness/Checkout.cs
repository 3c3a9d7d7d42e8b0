namespace Avatar2D.Interop.Tests.Harness;

/// <summary>The working tree that the tests were built in.</summary>
internal static class Checkout
{
    /// <summary>Folder of Avatar2D.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Avatar2D.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Avatar2D.sln.");
    }
}
