namespace Avatar2D.Gateway.Phone;

/// <summary>What a call was on the wire, in seconds of one clock.</summary>
/// <param name="SampleRateHz">Of all PCM.</param>
/// <param name="Sent">Packets of the voice.</param>
/// <param name="Heard">Packets of sound that came, decoded, in order.</param>
/// <param name="Seen">Pictures that came, coded, in order.</param>
internal sealed record WireRecord(
    int SampleRateHz, IReadOnlyList<SentVoice> Sent, IReadOnlyList<HeardSound> Heard, IReadOnlyList<SeenPicture> Seen);

/// <summary>A packet of the voice.</summary>
/// <param name="FirstSample">Samples sent before it.</param>
/// <param name="Seconds">When it was sent.</param>
internal readonly record struct SentVoice(long FirstSample, double Seconds);

/// <summary>A packet of sound.</summary>
/// <param name="Arrival">When it came.</param>
/// <param name="Stamp">When the sender says that it was said; null without a sender report.</param>
/// <param name="Pcm">What it holds.</param>
internal sealed record HeardSound(double Arrival, double? Stamp, short[] Pcm);

/// <summary>A picture.</summary>
/// <param name="Arrival">When its last packet came.</param>
/// <param name="Stamp">When the sender says that it was taken; null without a sender report.</param>
/// <param name="AccessUnit">Coded.</param>
internal sealed record SeenPicture(double Arrival, double? Stamp, byte[] AccessUnit);
