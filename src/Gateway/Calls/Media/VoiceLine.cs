using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Calls.Media;

/// <summary>
/// The caller's voice on its way to the mouth: takes every packet time of received sound, and tells for an instant of the media
/// clock how the mouth stands. What is sent back waits for the same <see cref="Delay"/> (<see cref="EchoEndpoint"/>), so lips and
/// sound fit. All members are called on the call's media thread, unless said otherwise. Allocates nothing per packet and picture.
/// </summary>
internal sealed class VoiceLine
{
    /// <summary>Rate of the voice inside, as the networks hear it.</summary>
    public const int VoiceHz = 16_000;

    /// <summary>
    /// Mel frames that the network need not hear: 25 ms. They stand for a voice that comes late on a busy machine, and for all of it where
    /// the delay is set lower than the network's look-ahead.
    /// </summary>
    public const int MostMissing = 2;

    /// <summary>Lead of the pictures that is kept where the delay is low: what drawing and coding one takes.</summary>
    private static readonly TimeSpan LowDelayLead = TimeSpan.FromMilliseconds(10);

    /// <summary>What the network hears ahead, and the slowest converter's delay: that of 8 kHz, 4 ms.</summary>
    private static readonly TimeSpan LongestLookAhead =
        TimeSpan.FromSeconds((double)MelParameters.Serving.LookAheadSamples / VoiceHz) + new PcmResampler(8000, VoiceHz).Delay;

    private readonly long _frequency;
    private AudioDriver? _next;
    private AudioDriver? _left;
    private AudioDriver? _driver;
    private short[] _block = [];
    private long _written;
    private long _zeroAt;

    /// <summary>Makes a line that nobody listens to yet.</summary>
    /// <param name="delay">From a sample to the picture that shows its mouth.</param>
    /// <param name="timestampFrequency">Of the media clock.</param>
    public VoiceLine(TimeSpan delay, long timestampFrequency)
    {
        Delay = delay;
        _frequency = timestampFrequency;
    }

    /// <summary>From a sample to the picture that shows its mouth.</summary>
    public TimeSpan Delay { get; }

    /// <summary>A picture may be drawn so long before its instant: what it needs of the voice is here by then, whatever the codec.</summary>
    public TimeSpan Spare
    {
        get
        {
            TimeSpan whole = Delay - LongestLookAhead;
            TimeSpan least = whole + TimeSpan.FromSeconds((double)MostMissing * MelParameters.Serving.Hop / VoiceHz);
            TimeSpan low = least < LowDelayLead ? least : LowDelayLead;
            return TimeSpan.FromTicks(Math.Max(0, Math.Max(whole.Ticks, low.Ticks)));
        }
    }

    /// <summary>Hands the driver over that hears the voice from now on; the one before is disposed by the media thread. Any thread.</summary>
    /// <param name="driver">At <see cref="VoiceHz"/>; owned from here on.</param>
    public void Attach(AudioDriver driver) => Interlocked.Exchange(ref _next, driver)?.Dispose();

    /// <summary>
    /// Takes a driver back that was attached: it hears nothing more, and is disposed here or by the media thread. One that another has
    /// followed already is gone. Any thread.
    /// </summary>
    public void Detach(AudioDriver driver)
    {
        if (Interlocked.CompareExchange(ref _next, null, driver) == driver)
            driver.Dispose();
        else
            Volatile.Write(ref _left, driver); // The media thread may be using it.
    }

    /// <summary>Takes one packet time of sound.</summary>
    /// <param name="pcm">Mono, at the codec's rate.</param>
    /// <param name="toVoice">From the codec's rate to <see cref="VoiceHz"/>; kept by the codec's set-up.</param>
    /// <param name="due">When its first sample had its turn, timestamp of the media clock.</param>
    public void Write(ReadOnlySpan<short> pcm, PcmResampler toVoice, long due)
    {
        if (_next is not null && Interlocked.Exchange(ref _next, null) is { } next)
        {
            _driver?.Dispose();
            _driver = next;
            _written = 0;
        }

        if (_left is not null && Interlocked.Exchange(ref _left, null) == _driver)
        {
            _driver?.Dispose();
            _driver = null;
        }

        if (_driver is not { } driver)
            return;
        int room = toVoice.MaxOutputSamples(pcm.Length);
        if (_block.Length < room)
            _block = new short[room]; // Once per codec.
        int made = toVoice.Process(pcm, _block);

        // What had its turn at `due` stands behind all that was written and the converter's own delay.
        _zeroAt = due - Ticks(toVoice.Delay) - (_written * _frequency / VoiceHz);
        driver.Write(_block.AsSpan(0, made));
        _written += made;
    }

    /// <summary>How the mouth stands in the picture of an instant.</summary>
    /// <param name="mediaTime">Of the picture, timestamp of the media clock.</param>
    /// <param name="z">The motion code; untouched when there is none.</param>
    /// <param name="gain">0 no voice ... 1 voice.</param>
    /// <returns>False when there is no driver (any more), or its voice is not here yet: the picture before it may stay.</returns>
    /// <exception cref="AvatarEngine.Inference.InferenceException">The audio encoder failed.</exception>
    public bool TryDrive(long mediaTime, Span<float> z, out float gain)
    {
        gain = 0;
        if (_driver is not { } driver || _written == 0)
            return false;
        long ticks = mediaTime - _zeroAt - Ticks(Delay);
        var heard = TimeSpan.FromTicks((long)(ticks * ((double)TimeSpan.TicksPerSecond / _frequency)));
        if (!driver.TryDrive(heard, z))
            return false;
        gain = driver.VoiceGain;
        return true;
    }

    /// <summary>Disposes the driver; only when no stream runs any more.</summary>
    public void Close()
    {
        Interlocked.Exchange(ref _next, null)?.Dispose();
        _driver?.Dispose();
        _driver = null;
    }

    private long Ticks(TimeSpan span) => (long)(span.Ticks * ((double)_frequency / TimeSpan.TicksPerSecond));
}
