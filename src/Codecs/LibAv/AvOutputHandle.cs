using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>Owns an AVFormatContext* that writes a file, and the file.</summary>
internal sealed unsafe class AvOutputHandle : SafeHandle
{
    private AvOutputHandle(IntPtr context)
        : base(IntPtr.Zero, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>Prepares a file of a format; nothing is opened yet. With the name the muxer can read back what it wrote (faststart).</summary>
    public static AvOutputHandle Allocate(string format, string? path)
    {
        string? url = path is null ? null : $"file:{path}";
        LibAvStatus.Check(AvFormatNative.OutputAlloc(out IntPtr context, IntPtr.Zero, format, url), $"Preparing a file of type {format}");
        return new AvOutputHandle(context);
    }

    public int StreamCount => *(int*)(handle + LibAvLayout.FormatStreamCount);

    public AvStreamView Stream(int index)
    {
        IntPtr* streams = *(IntPtr**)(handle + LibAvLayout.FormatStreams);
        return new AvStreamView(streams[index]);
    }

    public AvStreamView NewStream()
    {
        IntPtr stream = AvFormatNative.NewStream(this, IntPtr.Zero);
        return stream == IntPtr.Zero ? throw new CodecException("libav could not allocate a stream.") : new AvStreamView(stream);
    }

    public void OpenFile(string path) =>
        LibAvStatus.Check(AvFormatNative.OpenFile((IntPtr*)(handle + LibAvLayout.FormatFile), $"file:{path}", AvFormatNative.Write), $"Creating {path}");

    /// <summary>Flushes and closes the file; false when the disk did not take it all.</summary>
    public int CloseFile() => AvFormatNative.CloseFile((IntPtr*)(handle + LibAvLayout.FormatFile));

    protected override bool ReleaseHandle()
    {
        _ = AvFormatNative.CloseFile((IntPtr*)(handle + LibAvLayout.FormatFile));
        AvFormatNative.ContextFree(handle);
        return true;
    }
}
