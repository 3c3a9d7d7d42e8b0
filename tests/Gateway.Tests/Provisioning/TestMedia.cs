namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>First bytes of files.</summary>
internal static class TestMedia
{
    /// <summary>Looks like an MP4 and holds nothing.</summary>
    public static byte[] Mp4Head { get; } = [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8];
}
