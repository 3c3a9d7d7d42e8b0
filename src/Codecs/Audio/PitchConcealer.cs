namespace Avatar2D.Codecs.Audio;

/// <summary>
/// Loss concealment for codecs without any, in the spirit of G.711 Appendix I: repeat the last pitch period, hold it for 10 ms,
/// fade it to silence by 60 ms, and cross-fade back when sound returns. Adds no delay: unlike the appendix, the start of a loss
/// is smoothed inside the lost frame.
/// </summary>
public sealed class PitchConcealer
{
    private readonly int _minPeriod;
    private readonly int _maxPeriod;
    private readonly int _window;
    private readonly int _holdSamples;
    private readonly int _fadeSamples;
    private readonly int _overlap;
    private readonly short[] _history;
    private readonly float[] _cycle;
    private readonly double[] _scores;
    private int _period;
    private int _lostSamples;

    /// <summary>Prepares for a rate.</summary>
    /// <param name="sampleRateHz">8000 to 48000.</param>
    public PitchConcealer(int sampleRateHz)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRateHz, 8000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRateHz, 48000);
        _minPeriod = sampleRateHz / 400; // 2.5 ms: a voice of 400 Hz
        _maxPeriod = sampleRateHz * 15 / 1000; // 15 ms: a voice of 66 Hz
        _window = sampleRateHz / 50; // 20 ms are compared
        _holdSamples = sampleRateHz / 100;
        _fadeSamples = sampleRateHz / 20;
        _overlap = sampleRateHz / 250; // 4 ms
        _history = new short[_maxPeriod + _window];
        _cycle = new float[_maxPeriod];
        _scores = new double[_maxPeriod - _minPeriod + 1];
    }

    /// <summary>Takes note of decoded sound, and blends its start with the repetition when it follows a loss.</summary>
    public void Good(Span<short> pcm)
    {
        if (_lostSamples > 0)
        {
            int blend = Math.Min(_overlap, pcm.Length);
            for (int i = 0; i < blend; i++)
            {
                float share = (i + 1f) / (blend + 1);
                pcm[i] = (short)((pcm[i] * share) + (Repeated(_lostSamples + i) * (1 - share)));
            }

            _lostSamples = 0;
        }

        Remember(pcm);
    }

    /// <summary>Fills a lost frame.</summary>
    public void Conceal(Span<short> pcm)
    {
        if (_lostSamples == 0)
            StartLoss();
        for (int i = 0; i < pcm.Length; i++)
            pcm[i] = (short)Repeated(_lostSamples + i);
        _lostSamples = Math.Min(_lostSamples + pcm.Length, int.MaxValue / 2);
    }

    /// <summary>Forgets what was heard.</summary>
    public void Reset()
    {
        Array.Clear(_history);
        _lostSamples = 0;
    }

    private float Repeated(int at)
    {
        float gain = at < _holdSamples ? 1f : Math.Max(0f, 1f - ((at - _holdSamples) / (float)_fadeSamples));
        return gain == 0f ? 0f : _cycle[at % _period] * gain;
    }

    private void StartLoss()
    {
        _period = FindPeriod();
        ReadOnlySpan<short> last = _history.AsSpan(_history.Length - _period);
        for (int i = 0; i < _period; i++)
            _cycle[i] = last[i];
        // Bend the cycle's end towards the samples before its start, so that the repetition has no seam.
        int blend = Math.Min(_period / 4, _history.Length - _period);
        ReadOnlySpan<short> before = _history.AsSpan(_history.Length - _period - blend, blend);
        for (int i = 0; i < blend; i++)
        {
            float share = (i + 1f) / (blend + 1);
            int to = _period - blend + i;
            _cycle[to] = (_cycle[to] * (1 - share)) + (before[i] * share);
        }
    }

    /// <summary>
    /// The lag at which the last 20 ms resemble themselves, by normalised correlation: the shortest peak that is nearly as good as
    /// the best, since multiples of the pitch are peaks too.
    /// </summary>
    private int FindPeriod()
    {
        double best = 0;
        for (int lag = _minPeriod; lag <= _maxPeriod; lag++)
        {
            double score = Score(lag);
            _scores[lag - _minPeriod] = score;
            best = Math.Max(best, score);
        }

        if (best == 0)
            return _maxPeriod;
        for (int i = 0; i < _scores.Length; i++)
        {
            bool peak = (i == 0 || _scores[i] >= _scores[i - 1]) && (i == _scores.Length - 1 || _scores[i] >= _scores[i + 1]);
            if (peak && _scores[i] >= best * 0.9)
                return _minPeriod + i;
        }

        return _maxPeriod;
    }

    private double Score(int lag)
    {
        ReadOnlySpan<short> last = _history.AsSpan(_history.Length - _window);
        ReadOnlySpan<short> earlier = _history.AsSpan(_history.Length - _window - lag, _window);
        long dot = 0;
        long energy = 1;
        for (int i = 0; i < last.Length && i < earlier.Length; i++)
        {
            dot += last[i] * earlier[i];
            energy += earlier[i] * earlier[i];
        }

        return dot <= 0 ? 0 : (double)dot * dot / energy;
    }

    private void Remember(ReadOnlySpan<short> pcm)
    {
        if (pcm.Length >= _history.Length)
        {
            pcm[^_history.Length..].CopyTo(_history);
            return;
        }

        _history.AsSpan(pcm.Length).CopyTo(_history);
        pcm.CopyTo(_history.AsSpan(_history.Length - pcm.Length));
    }
}
