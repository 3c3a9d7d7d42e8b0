namespace Avatar2D.Gateway.Offline;

/// <summary>What drives a film: the encoder side of TR 26.813 §6.3.2, from a driving input to the motion code of each picture.</summary>
internal interface IMotionSource : IDisposable
{
    /// <summary>Length of the driving input; null while it is not known, as of a file that does not say.</summary>
    TimeSpan? Length { get; }

    /// <summary>The motion code of a picture.</summary>
    /// <param name="time">Since the start of the input; rises from call to call.</param>
    /// <param name="z">The motion code, filled.</param>
    /// <param name="voice">How far the mouth is to move at all, 0 ... 1: 0 where nothing is said.</param>
    /// <returns>False after the end of the input.</returns>
    /// <exception cref="Codecs.CodecException">The input cannot be read on.</exception>
    /// <exception cref="AvatarEngine.Inference.InferenceException">A network failed.</exception>
    bool TryDrive(TimeSpan time, Span<float> z, out float voice);
}
