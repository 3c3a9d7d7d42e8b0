using System.Net.Sockets;
using Avatar2D.Codecs.Video;
using Avatar2D.Rtp.Packets;
using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Gateway.Tests.Calls.Media;

/// <summary>Decodes what has come to a socket: the sizes of the pictures, each named once while it lasts.</summary>
internal sealed class PeerEye(Socket socket, VideoCodec codec) : IDisposable
{
    private readonly LibAvVideoDecoder _decoder = new(codec);
    private readonly VideoDepacketizer _depacketizer = codec == VideoCodec.H264 ? new H264Depacketizer() : new H265Depacketizer();

    public IReadOnlyList<(int Width, int Height)> Look()
    {
        var sizes = new List<(int Width, int Height)>();
        var buffer = new byte[2048];
        while (socket.Available > 0)
        {
            int length = socket.Receive(buffer);
            if (!RtpPacketView.TryParse(buffer.AsSpan(0, length), out RtpPacketView packet, out _))
                continue;
            _depacketizer.Push(packet);
            while (_depacketizer.TryTake(out VideoFrameView picture))
            {
                Assert.False(picture.IsDamaged);
                Assert.True(_decoder.TryDecode(picture.Data, picture.Timestamp, out DecodedVideo decoded));
                var size = (decoded.Picture.Width, decoded.Picture.Height);
                if (sizes.Count == 0 || sizes[^1] != size)
                    sizes.Add(size);
            }
        }

        return sizes;
    }

    public void Dispose() => _decoder.Dispose();
}
