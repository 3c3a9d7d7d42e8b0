using System.Runtime.InteropServices;

namespace Avatar2D.Codecs.LibAv;

/// <summary>Owns an AVPacket*; its public fields have had the same places from libavcodec 59 to 61.</summary>
internal sealed unsafe class AvPacketHandle : SafeHandle
{
    private const int KeyFlag = 1;

    public AvPacketHandle()
        : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    public ref long Pts => ref *(long*)(handle + 8);

    public ref long Dts => ref *(long*)(handle + 16);

    public ref byte* Data => ref *(byte**)(handle + 24);

    public ref int Size => ref *(int*)(handle + 32);

    public ref int StreamIndex => ref *(int*)(handle + 36);

    public ref int Flags => ref *(int*)(handle + 40);

    public ref long Duration => ref *(long*)(handle + 64);

    public bool IsKey => (Flags & KeyFlag) != 0;

    public ReadOnlySpan<byte> Bytes => new(Data, Size);

    /// <summary>Fills the packet with a copy of the bytes.</summary>
    public void Fill(ReadOnlySpan<byte> bytes, long pts, bool isKey)
    {
        AvCodecNative.PacketUnref(this);
        LibAvStatus.Check(AvCodecNative.PacketNew(this, bytes.Length), "Allocating a packet");
        bytes.CopyTo(new Span<byte>(Data, bytes.Length));
        Pts = pts;
        Dts = pts;
        Flags = isKey ? KeyFlag : 0;
    }

    public static AvPacketHandle Allocate()
    {
        AvPacketHandle packet = AvCodecNative.PacketAlloc();
        return packet.IsInvalid ? throw new CodecException("libav could not allocate a packet.") : packet;
    }

    protected override bool ReleaseHandle()
    {
        AvCodecNative.PacketFree(ref handle);
        return true;
    }
}
