using System.Text;

namespace Avatar2D.Codecs.LibAv;

/// <summary>The one place where status numbers of libav* are judged.</summary>
internal static unsafe class LibAvStatus
{
    /// <summary>Nothing to give before more is put in, or nothing taken before something is got: -EAGAIN.</summary>
    public const int Again = -11;

    /// <summary>End of file: minus the letters "EOF ".</summary>
    public const int EndOfFile = -0x20464F45;

    /// <summary>Turns a negative status into an exception with libav's own text.</summary>
    /// <returns>The status, which is then at least 0.</returns>
    public static int Check(int status, string action)
    {
        if (status < 0)
            throw Error(status, action);
        return status;
    }

    public static CodecException Error(int status, string action) => new($"{action}: {Text(status)}.", status);

    private static string Text(int status)
    {
        byte* text = stackalloc byte[128];
        text[0] = 0;
        _ = AvUtilNative.ErrorText(status, text, 128);
        int length = new ReadOnlySpan<byte>(text, 128).IndexOf((byte)0);
        return $"{Encoding.UTF8.GetString(text, Math.Max(0, length))} (libav {status})";
    }
}
