using Avatar2D.Codecs.Audio;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Rtp.Payloads;
using Avatar2D.Rtp.Sdp;

namespace Avatar2D.Gateway.Fuzzing;

/// <summary>Payloads of sound: depacketizer and decoder together.</summary>
internal static class AudioFuzz
{
    public static FuzzCheck OpenOpus() => Open(new OpusDepacketizer(), new OpusDecoder(16_000));

    public static FuzzCheck OpenG711() => Open(new G711Depacketizer(), new G711Decoder(G711Law.A));

    public static FuzzCheck OpenG722() => Open(new G711Depacketizer(), new G722Decoder());

    /// <summary>Both packings in turn; without the libraries nothing can be decoded, and the verb says what to install.</summary>
    public static FuzzCheck OpenAmr(bool wide)
    {
        FuzzCheck[] checks = [Packing(aligned: false), Packing(aligned: true)];
        int turn = 0;
        return input => checks[turn++ % 2](input);

        FuzzCheck Packing(bool aligned)
        {
            var format = new AmrPayload(wide, aligned);
            return Open(new AmrDepacketizer(format), new AmrPayloadDecoder(format, new AmrRate(wide, FormatParameters.None)));
        }
    }

    public static FuzzCheck OpenTelephoneEvent()
    {
        var receiver = new TelephoneEventReceiver();
        uint timestamp = 0;
        return input => receiver.OnPacket(input, timestamp += (uint)(input.Length & 1), out TelephoneEvent key) != TelephoneEventChange.None && key.Code <= 255;
    }

    public static FuzzCheck OpenComfortNoise() => input => ComfortNoise.TryParse(input, out ComfortNoise noise) && noise.TryWrite(new byte[1]);

    private static FuzzCheck Open(IAudioDepacketizer depacketizer, IAudioDecoder decoder)
    {
        short[] pcm = new short[decoder.MaxFrameSamples];
        return input =>
        {
            if (!depacketizer.TryGetDuration(input, out int ticks))
                return false;
            if (ticks <= 0)
                throw new InvalidDataException($"A payload of {ticks} ticks.");
            decoder.TryRecover(input, pcm.AsSpan(0, pcm.Length / 6));
            if (decoder.TryDecode(input, pcm, out int samples))
                return samples >= 0 && samples <= pcm.Length ? true : throw new InvalidDataException($"{samples} samples.");
            decoder.Conceal(pcm.AsSpan(0, pcm.Length / 6));
            return false;
        };
    }
}
