namespace Avatar2D.Gateway.Calls.Media;

/// <summary>The call behind its streams. Called from media threads and receive loops; must not block.</summary>
internal interface IStreamOwner
{
    /// <summary>Neither RTP nor RTCP came on the audio line for the time-out; told again every second.</summary>
    void OnAudioSilent();

    /// <summary>A key of the far end's phone was pressed (RFC 4733, or INFO).</summary>
    void OnKey(char key);

    /// <summary>A stream failed and has stopped.</summary>
    /// <param name="isVideo">The picture; else the sound, without which there is no call.</param>
    /// <param name="exception">What happened.</param>
    void OnStreamFault(bool isVideo, Exception exception);
}
