using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>Owns an AVFormatContext* that reads a file.</summary>
internal sealed unsafe class AvInputHandle : SafeHandle
{
    private AvInputHandle(IntPtr context)
        : base(IntPtr.Zero, ownsHandle: true) => SetHandle(context);

    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>Opens a local file and reads what it says of its streams.</summary>
    /// <exception cref="CodecException">No such file, or no known format.</exception>
    public static AvInputHandle Open(string path)
    {
        LibAvRuntime.Require();
        using AvOptions options = new();
        // Only files: a name must never become a connection, nor a playlist lead to one.
        options.Set("protocol_whitelist", "file");
        int status = AvFormatNative.OpenInput(out IntPtr context, $"file:{path}", IntPtr.Zero, ref options.Dictionary);
        LibAvStatus.Check(status, $"Opening {path}");
        AvInputHandle input = new(context);
        try
        {
            LibAvStatus.Check(AvFormatNative.FindStreamInfo(input, IntPtr.Zero), $"Reading {path}");
            return input;
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    public AvStreamView Stream(int index)
    {
        IntPtr* streams = *(IntPtr**)(handle + LibAvLayout.FormatStreams);
        return new AvStreamView(streams[index]);
    }

    /// <summary>Microseconds; null when unknown.</summary>
    public long? DurationMicroseconds
    {
        get
        {
            long value = *(long*)(handle + LibAvLayout.Current.FormatDuration);
            return value <= 0 ? null : value;
        }
    }

    protected override bool ReleaseHandle()
    {
        AvFormatNative.CloseInput(ref handle);
        return true;
    }
}
