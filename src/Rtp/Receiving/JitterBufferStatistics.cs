namespace Avatar2D.Rtp.Receiving;

/// <summary>Counters of a <see cref="JitterBuffer"/>; packets unless said otherwise.</summary>
/// <param name="Accepted">Taken in.</param>
/// <param name="Played">Given out.</param>
/// <param name="Late">Came after their time.</param>
/// <param name="Duplicates">Came twice.</param>
/// <param name="Lost">Never came, or late; counted when the line moves past them.</param>
/// <param name="Skipped">Dropped to shorten the delay, or because the reader had fallen behind.</param>
/// <param name="Overflows">Oldest dropped because no slot was free.</param>
/// <param name="Stretches">Steps put in to lengthen the delay.</param>
/// <param name="Resyncs">Times the clock was set anew.</param>
/// <param name="Target">Delay that is aimed at.</param>
/// <param name="Buffered">Packets waiting now.</param>
public readonly record struct JitterBufferStatistics(
    long Accepted,
    long Played,
    long Late,
    long Duplicates,
    long Lost,
    long Skipped,
    long Overflows,
    long Stretches,
    long Resyncs,
    TimeSpan Target,
    int Buffered);
