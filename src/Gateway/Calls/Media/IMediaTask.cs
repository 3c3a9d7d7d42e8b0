namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// Something that a <see cref="MediaWorker"/> runs again and again at times of its own choosing: an audio stream every packet
/// time, a video stream every frame. All calls come from one worker thread.
/// </summary>
internal interface IMediaTask
{
    /// <summary>Does what is due. Must not block, and allocates nothing after its first runs.</summary>
    /// <param name="now"><see cref="TimeProvider.GetTimestamp"/> at the start of this run.</param>
    /// <returns>The timestamp of the next run; <see cref="long.MaxValue"/> to leave the worker.</returns>
    long Run(long now);

    /// <summary>Told once that <see cref="Run"/> threw; the task has left the worker. Must not throw.</summary>
    void OnFault(Exception exception);
}
