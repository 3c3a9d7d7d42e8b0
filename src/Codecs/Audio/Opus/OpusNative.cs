using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.Audio;

/// <summary>The functions of libopus (1.1 and later) that are used, as declared in opus.h; negative results are errors.</summary>
internal static unsafe partial class OpusNative
{
    public const int SetBitRate = 4002;
    public const int SetVbr = 4006;
    public const int SetComplexity = 4010;
    public const int SetInbandFec = 4012;
    public const int SetPacketLoss = 4014;
    public const int SetDtx = 4016;
    public const int ResetState = 4028;

    private const string Library = NativeLibraries.Opus;

    static OpusNative() => NativeLibraries.Install();

    /// <summary>Turns a negative status into an exception that carries libopus's own text.</summary>
    /// <returns>The status, which is then at least 0.</returns>
    public static int Check(int status, string action)
    {
        if (status < 0)
            throw new CodecException($"{action}: {Marshal.PtrToStringUTF8(ErrorText(status)) ?? "unknown error"} (libopus {status}).", status);
        return status;
    }

    [LibraryImport(Library, EntryPoint = "opus_strerror")]
    public static partial IntPtr ErrorText(int status);

    [LibraryImport(Library, EntryPoint = "opus_get_version_string")]
    public static partial IntPtr Version();

    [LibraryImport(Library, EntryPoint = "opus_encoder_create")]
    public static partial OpusEncoderHandle EncoderCreate(int sampleRateHz, int channels, int application, out int status);

    [LibraryImport(Library, EntryPoint = "opus_encoder_destroy")]
    public static partial void EncoderDestroy(IntPtr encoder);

    [LibraryImport(Library, EntryPoint = "opus_encode")]
    public static partial int Encode(OpusEncoderHandle encoder, short* pcm, int frameSamples, byte* payload, int maxBytes);

    /// <summary>Variadic in C. On x86-64 and Linux arm64 an int argument after the fixed ones travels as in a plain call.</summary>
    [LibraryImport(Library, EntryPoint = "opus_encoder_ctl")]
    public static partial int EncoderControl(OpusEncoderHandle encoder, int request, int value);

    [LibraryImport(Library, EntryPoint = "opus_decoder_create")]
    public static partial OpusDecoderHandle DecoderCreate(int sampleRateHz, int channels, out int status);

    [LibraryImport(Library, EntryPoint = "opus_decoder_destroy")]
    public static partial void DecoderDestroy(IntPtr decoder);

    [LibraryImport(Library, EntryPoint = "opus_decode")]
    public static partial int Decode(OpusDecoderHandle decoder, byte* payload, int bytes, short* pcm, int maxSamples, int fec);

    [LibraryImport(Library, EntryPoint = "opus_decoder_ctl")]
    public static partial int DecoderControl(OpusDecoderHandle decoder, int request);

    [LibraryImport(Library, EntryPoint = "opus_packet_get_nb_samples")]
    public static partial int PacketSamples(byte* payload, int bytes, int sampleRateHz);
}
