using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Avatar2D.Interop.Tests.Sipp;

/// <summary>One UDP port of the media peer: keeps what arrives, and once audio has arrived sends audio back to where it came from.</summary>
internal sealed class PeerStream : IAsyncDisposable
{
    private static readonly TimeSpan PacketTime = TimeSpan.FromMilliseconds(20);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _isH265;
    private readonly bool _speaks;
    private readonly Task _receive;
    private Task _send = Task.CompletedTask;
    private ImmutableList<PeerPacket> _packets = [];

    /// <summary>Binds the port and listens.</summary>
    public PeerStream(IPEndPoint local, bool speaks, bool isH265)
    {
        _speaks = speaks;
        _isH265 = isH265;
        _socket.ReceiveBufferSize = 1 << 20;
        _socket.Bind(local);
        _receive = ReceiveAsync();
    }

    /// <summary>What has arrived.</summary>
    public IReadOnlyList<PeerPacket> Packets => Volatile.Read(ref _packets);

    /// <summary>Timestamps of the pictures that are key frames (H.264 IDR; H.265 IDR_W_RADL, IDR_N_LP), in order.</summary>
    public IReadOnlyList<uint> KeyFrames => [.. Packets.Where(IsKey).Select(p => p.Timestamp).Distinct()];

    /// <summary>Packets that arrived after one time and before another.</summary>
    public IReadOnlyList<PeerPacket> Between(DateTimeOffset from, DateTimeOffset to) =>
        [.. Packets.Where(p => p.Time > from && p.Time < to)];

    /// <summary>True for a parameter set or a slice of a key frame.</summary>
    public bool StartsWithKeyFrame(PeerPacket packet) => _isH265 ? packet.Nal is 32 or 48 || IsKey(packet) : packet.Nal is 7 or 24 || IsKey(packet);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receive;
        await _send;
        _socket.Dispose();
        _stop.Dispose();
    }

    private bool IsKey(PeerPacket packet) => _isH265 ? packet.Nal is 19 or 20 : packet.Nal == 5;

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[2048];
        try
        {
            while (true)
            {
                SocketReceiveFromResult got = await _socket.ReceiveFromAsync(
                    buffer.AsMemory(), SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                if (got.ReceivedBytes < 12)
                    continue;
                PeerPacket packet = Read(buffer.AsSpan(0, got.ReceivedBytes));
                Volatile.Write(ref _packets, _packets.Add(packet));
                if (_speaks && _send.IsCompleted)
                    _send = SpeakAsync(got.RemoteEndPoint, packet.PayloadType);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }

    private async Task SpeakAsync(EndPoint to, int payloadType)
    {
        byte[] packet = new byte[12 + 160];
        packet[0] = 0x80;
        packet[1] = (byte)payloadType;
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 0x51505000);
        packet.AsSpan(12).Fill(0xD5);
        using var timer = new PeriodicTimer(PacketTime, TimeProvider.System);
        try
        {
            for (ushort i = 0; await timer.WaitForNextTickAsync(_stop.Token); i++)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), i);
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), i * 160u);
                await _socket.SendToAsync(packet.AsMemory(), SocketFlags.None, to, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            return; // The call is over.
        }
    }

    private PeerPacket Read(ReadOnlySpan<byte> packet)
    {
        bool hasExtension = (packet[0] & 0x10) != 0;
        int header = hasExtension ? 16 + (4 * BinaryPrimitives.ReadUInt16BigEndian(packet[14..])) : 12;
        return new(
            TimeProvider.System.GetUtcNow(),
            BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[8..]),
            packet[1] & 0x7F,
            packet.Length,
            packet[1] >> 7 == 1,
            hasExtension && packet[12..14].SequenceEqual<byte>([0xBE, 0xDE]) && packet[16] == 0x10 ? packet[17] : null, // RFC 8285 §4.2
            packet.Length < header + 3 ? -1 : _isH265 ? H265Nal(packet[header..]) : H264Nal(packet[header..]));
    }

    // RFC 6184 §5.8: a fragment tells the kind of its NAL unit in the second byte.
    private static int H264Nal(ReadOnlySpan<byte> payload) =>
        (payload[0] & 0x1F) != 28 ? payload[0] & 0x1F : (payload[1] & 0x80) != 0 ? payload[1] & 0x1F : -1;

    // RFC 7798 §4.4.3: in the third.
    private static int H265Nal(ReadOnlySpan<byte> payload) =>
        ((payload[0] >> 1) & 0x3F) != 49 ? (payload[0] >> 1) & 0x3F : (payload[2] & 0x80) != 0 ? payload[2] & 0x3F : -1;
}
