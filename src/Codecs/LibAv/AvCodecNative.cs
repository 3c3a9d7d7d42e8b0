using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>The functions of libavcodec that are used.</summary>
internal static unsafe partial class AvCodecNative
{
    private const string Library = NativeLibraries.AvCodec;

    static AvCodecNative() => NativeLibraries.Install();

    [LibraryImport(Library, EntryPoint = "avcodec_version")]
    public static partial uint Version();

    [LibraryImport(Library, EntryPoint = "avcodec_find_encoder_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr FindEncoder(string name);

    [LibraryImport(Library, EntryPoint = "avcodec_find_decoder_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial IntPtr FindDecoder(string name);

    [LibraryImport(Library, EntryPoint = "avcodec_find_decoder")]
    public static partial IntPtr FindDecoder(int codecId);

    /// <summary>An AVCodecDescriptor, whose first field is the codec's id.</summary>
    [LibraryImport(Library, EntryPoint = "avcodec_descriptor_get_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int* Descriptor(string name);

    [LibraryImport(Library, EntryPoint = "avcodec_get_name")]
    public static partial IntPtr CodecName(int codecId);

    [LibraryImport(Library, EntryPoint = "avcodec_alloc_context3")]
    public static partial AvCodecContextHandle ContextAlloc(IntPtr codec);

    [LibraryImport(Library, EntryPoint = "avcodec_free_context")]
    public static partial void ContextFree(ref IntPtr context);

    [LibraryImport(Library, EntryPoint = "avcodec_open2")]
    public static partial int Open(AvCodecContextHandle context, IntPtr codec, ref IntPtr options);

    [LibraryImport(Library, EntryPoint = "avcodec_flush_buffers")]
    public static partial void Flush(AvCodecContextHandle context);

    [LibraryImport(Library, EntryPoint = "avcodec_send_frame")]
    public static partial int SendFrame(AvCodecContextHandle context, AvFrameHandle frame);

    /// <summary>A null frame or packet starts the draining.</summary>
    [LibraryImport(Library, EntryPoint = "avcodec_send_frame")]
    public static partial int SendNoFrame(AvCodecContextHandle context, IntPtr none);

    [LibraryImport(Library, EntryPoint = "avcodec_receive_packet")]
    public static partial int ReceivePacket(AvCodecContextHandle context, AvPacketHandle packet);

    [LibraryImport(Library, EntryPoint = "avcodec_send_packet")]
    public static partial int SendPacket(AvCodecContextHandle context, AvPacketHandle packet);

    [LibraryImport(Library, EntryPoint = "avcodec_send_packet")]
    public static partial int SendNoPacket(AvCodecContextHandle context, IntPtr none);

    [LibraryImport(Library, EntryPoint = "avcodec_receive_frame")]
    public static partial int ReceiveFrame(AvCodecContextHandle context, AvFrameHandle frame);

    [LibraryImport(Library, EntryPoint = "avcodec_parameters_alloc")]
    public static partial AvParametersHandle ParametersAlloc();

    [LibraryImport(Library, EntryPoint = "avcodec_parameters_free")]
    public static partial void ParametersFree(ref IntPtr parameters);

    [LibraryImport(Library, EntryPoint = "avcodec_parameters_to_context")]
    public static partial int ParametersToContext(AvCodecContextHandle context, AvParametersHandle parameters);

    [LibraryImport(Library, EntryPoint = "avcodec_parameters_to_context")]
    public static partial int ParametersToContext(AvCodecContextHandle context, IntPtr parameters);

    [LibraryImport(Library, EntryPoint = "avcodec_parameters_from_context")]
    public static partial int ParametersFromContext(AvParametersHandle parameters, AvCodecContextHandle context);

    [LibraryImport(Library, EntryPoint = "avcodec_parameters_copy")]
    public static partial int ParametersCopy(IntPtr to, AvParametersHandle from);

    [LibraryImport(Library, EntryPoint = "av_packet_alloc")]
    public static partial AvPacketHandle PacketAlloc();

    [LibraryImport(Library, EntryPoint = "av_packet_free")]
    public static partial void PacketFree(ref IntPtr packet);

    [LibraryImport(Library, EntryPoint = "av_packet_unref")]
    public static partial void PacketUnref(AvPacketHandle packet);

    /// <summary>Gives the packet memory of its own with the padding that parsers need.</summary>
    [LibraryImport(Library, EntryPoint = "av_new_packet")]
    public static partial int PacketNew(AvPacketHandle packet, int size);

    /// <summary>FFmpeg 6.1 and 7 only: an AVPacketSideData, whose first field is the data and second the size.</summary>
    [LibraryImport(Library, EntryPoint = "av_packet_side_data_get")]
    public static partial IntPtr* SideDataGet(IntPtr list, int count, int type);
}
