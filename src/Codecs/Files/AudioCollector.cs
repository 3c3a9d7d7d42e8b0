using Avatar2D.Codecs.LibAv;

namespace Avatar2D.Codecs.Files;

/// <summary>Puts decoded sound on a timeline that starts at time 0: mono, PCM16, at the file's own rate.</summary>
internal sealed class AudioCollector(string name)
{
    /// <summary>Smaller differences between a frame's time and the sound's end are rounding, not holes.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(40);

    /// <summary>A longer hole is a wrong time.</summary>
    private static readonly TimeSpan MaxGap = TimeSpan.FromHours(1);

    private readonly List<short> _samples = [];
    private int _rate;

    public TimeSpan Duration => _rate == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(_samples.Count / (double)_rate);

    public void Add(AvFrameHandle frame, TimeSpan? time)
    {
        bool first = _rate == 0;
        if (first)
            _rate = frame.SampleRate;
        if (frame.SampleRate != _rate || _rate <= 0 || frame.Channels < 1)
            throw new CodecException($"{name} changes its sample rate from {_rate} to {frame.SampleRate} Hz, which is not supported.");
        int skip = 0;
        if (time is { } at)
        {
            TimeSpan gap = at - Duration;
            if (gap > MaxGap)
                throw new CodecException($"{name} has a hole of {gap} in its sound.");
            int samples = (int)Math.Round(gap.TotalSeconds * _rate);
            // The start is placed exactly; later small differences are rounding of the container.
            if (gap > Tolerance || (first && samples > 0))
                _samples.AddRange(new short[samples]);
            else if (gap < -Tolerance || (first && samples < 0))
                skip = Math.Min(-samples, frame.Samples);
        }

        for (int i = skip; i < frame.Samples; i++)
            _samples.Add(Mono(frame, i));
    }

    public PcmClip ToClip() => _rate > 0 ? new PcmClip(_rate, _samples.ToArray()) : throw new CodecException($"{name} has no sound.");

    private short Mono(AvFrameHandle frame, int sample)
    {
        double sum = 0;
        for (int channel = 0; channel < frame.Channels; channel++)
            sum += Sample(frame, sample, channel);
        return (short)Math.Clamp(Math.Round(sum / frame.Channels * 32768.0), short.MinValue, short.MaxValue);
    }

    /// <summary>AVSampleFormat: 0..4 are u8, s16, s32, flt, dbl with channels interleaved, 5..9 the same with a plane per channel.</summary>
    private unsafe double Sample(AvFrameHandle frame, int sample, int channel)
    {
        int format = frame.Format;
        bool planar = format >= 5;
        byte* plane = frame.ExtendedPlanes[planar ? channel : 0];
        int at = planar ? sample : (sample * frame.Channels) + channel;
        return (planar ? format - 5 : format) switch
        {
            0 => (plane[at] - 128) / 128.0,
            1 => ((short*)plane)[at] / 32768.0,
            2 => ((int*)plane)[at] / 2147483648.0,
            3 => float.IsFinite(((float*)plane)[at]) ? ((float*)plane)[at] : 0,
            4 => double.IsFinite(((double*)plane)[at]) ? ((double*)plane)[at] : 0,
            _ => throw new CodecException($"{name} has samples of a format that is not supported ({format})."),
        };
    }
}
