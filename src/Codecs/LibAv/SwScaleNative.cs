using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>The functions of libswscale that are used.</summary>
internal static unsafe partial class SwScaleNative
{
    /// <summary>Good chroma, exact rounding: SWS_BILINEAR | SWS_FULL_CHR_H_INP | SWS_ACCURATE_RND.</summary>
    public const int Flags = 2 | 0x4000 | 0x40000;

    private const string Library = NativeLibraries.SwScale;

    static SwScaleNative() => NativeLibraries.Install();

    [LibraryImport(Library, EntryPoint = "swscale_version")]
    public static partial uint Version();

    [LibraryImport(Library, EntryPoint = "sws_getContext")]
    public static partial SwScaleHandle GetContext(
        int fromWidth, int fromHeight, int fromFormat, int toWidth, int toHeight, int toFormat, int flags, IntPtr none1, IntPtr none2, IntPtr none3);

    [LibraryImport(Library, EntryPoint = "sws_freeContext")]
    public static partial void FreeContext(IntPtr context);

    [LibraryImport(Library, EntryPoint = "sws_getCoefficients")]
    public static partial int* Coefficients(int colorSpace);

    [LibraryImport(Library, EntryPoint = "sws_setColorspaceDetails")]
    public static partial int SetColorspace(
        SwScaleHandle context, int* from, int fromRange, int* to, int toRange, int brightness, int contrast, int saturation);

    [LibraryImport(Library, EntryPoint = "sws_scale")]
    public static partial int Scale(
        SwScaleHandle context, byte** from, int* fromStrides, int firstRow, int rows, byte** to, int* toStrides);
}
