using Avatar2D.Gateway.Calls;
using Avatar2D.Gateway.Calls.Media;

namespace Avatar2D.Gateway.Hosting;

/// <summary>One live call, as the HTTP side shows it.</summary>
/// <param name="CallId">SIP Call-ID.</param>
/// <param name="Picture">Where the picture stands.</param>
/// <param name="Video">Size and rate of the picture, "512x512@25"; null without.</param>
/// <param name="FramesSent">Pictures sent.</param>
/// <param name="FramesLate">Pictures begun too late.</param>
/// <param name="AudioPacketsReceived">Packets heard.</param>
/// <param name="AudioPacketsLost">Packets missed.</param>
internal sealed record CallStatus(
    string CallId, string Picture, string? Video, long FramesSent, long FramesLate, long AudioPacketsReceived, long AudioPacketsLost)
{
    /// <summary>The status of a call at this moment.</summary>
    public static CallStatus Of(CallSession call)
    {
        CallFigures figures = call.Figures;
        string? video = figures.Format is { } format ? $"{format.Width}x{format.Height}@{format.FrameRate:0}" : null;
        return new CallStatus(
            call.CallId,
            call.Picture.ToString(),
            video,
            figures.Pictures.FramesSent,
            figures.Pictures.FramesLate,
            figures.Audio.PacketsReceived,
            figures.Audio.PacketsLost);
    }
}
