using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.Audio;

/// <summary>The functions of libopencore-amrnb, libopencore-amrwb and libvo-amrwbenc.</summary>
internal static unsafe partial class AmrNative
{
    private const string Narrow = "libopencore-amrnb.so.0";
    private const string WideDecoder = "libopencore-amrwb.so.0";
    private const string WideEncoder = "libvo-amrwbenc.so.0";

    /// <summary>True when all that a band needs is installed.</summary>
    public static bool IsInstalled(bool wide) => wide ? CanLoad(WideDecoder) && CanLoad(WideEncoder) : CanLoad(Narrow);

    [LibraryImport(Narrow, EntryPoint = "Encoder_Interface_init")]
    public static partial IntPtr NarrowEncoderInit(int dtx);

    [LibraryImport(Narrow, EntryPoint = "Encoder_Interface_exit")]
    public static partial void NarrowEncoderExit(IntPtr state);

    /// <summary>160 samples in, a frame in storage format out (RFC 4867 §5.3); its length is returned.</summary>
    [LibraryImport(Narrow, EntryPoint = "Encoder_Interface_Encode")]
    public static partial int NarrowEncode(AmrEncoderHandle state, int mode, short* speech, byte* frame, int forceSpeech);

    [LibraryImport(Narrow, EntryPoint = "Decoder_Interface_init")]
    public static partial IntPtr NarrowDecoderInit();

    [LibraryImport(Narrow, EntryPoint = "Decoder_Interface_exit")]
    public static partial void NarrowDecoderExit(IntPtr state);

    [LibraryImport(Narrow, EntryPoint = "Decoder_Interface_Decode")]
    public static partial void NarrowDecode(AmrDecoderHandle state, byte* frame, short* speech, int isBad);

    [LibraryImport(WideEncoder, EntryPoint = "E_IF_init")]
    public static partial IntPtr WideEncoderInit();

    [LibraryImport(WideEncoder, EntryPoint = "E_IF_exit")]
    public static partial void WideEncoderExit(IntPtr state);

    /// <summary>320 samples in, a frame in storage format out; its length is returned.</summary>
    [LibraryImport(WideEncoder, EntryPoint = "E_IF_encode")]
    public static partial int WideEncode(AmrEncoderHandle state, int mode, short* speech, byte* frame, int dtx);

    [LibraryImport(WideDecoder, EntryPoint = "D_IF_init")]
    public static partial IntPtr WideDecoderInit();

    [LibraryImport(WideDecoder, EntryPoint = "D_IF_exit")]
    public static partial void WideDecoderExit(IntPtr state);

    [LibraryImport(WideDecoder, EntryPoint = "D_IF_decode")]
    public static partial void WideDecode(AmrDecoderHandle state, byte* frame, short* speech, int isBad);

    private static bool CanLoad(string library)
    {
        if (!NativeLibrary.TryLoad(library, out IntPtr handle))
            return false;
        NativeLibrary.Free(handle);
        return true;
    }
}
