namespace Avatar2D.Gateway.Calls.Machine;

/// <summary>XML media control in INFO (RFC 5168): the way in which older video phones ask for a key frame.</summary>
internal static class MediaControl
{
    private const string MediaType = "application/media_control+xml";

    /// <summary>True for a body that asks for a key frame. Anything else is ignored, as §6 wants.</summary>
    public static bool IsPictureFastUpdate(string contentType, ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<char> type = contentType;
        int parameters = type.IndexOf(';');
        if (parameters >= 0)
            type = type[..parameters];
        return type.Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase) && body.IndexOf("picture_fast_update"u8) >= 0;
    }
}
