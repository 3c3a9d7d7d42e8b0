using Avatar2D.Codecs.Video;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Marking;
using Avatar2D.Gateway.Options;
using Avatar2D.Media;
using Avatar2D.Rtp.Rtcp;
using Avatar2D.Rtp.Sdp;
using Avatar2D.Rtp.Sessions;

namespace Avatar2D.Gateway.Tests.Calls.Media;

public sealed class VideoStreamTests : IAsyncDisposable
{
    private const int Side = 256;
    private readonly StreamRig _rig = new();
    private VideoStream? _stream;

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _stream?.Close();
    }

    [Theory]
    [InlineData("h264", 1)]
    [InlineData("h264", 0)]
    [InlineData("h265", 1)]
    public void Run_WarmStream_AllocatesNothing(string codec, int packetizationMode)
    {
        VideoStream stream = Start(codec, packetizationMode);
        long least = long.MaxValue;
        for (int round = 0; round < 4; round++)
            least = Math.Min(least, Show(stream, pictures: 30)); // A key frame is asked for in each round.
        Assert.Equal(0, least);
        Assert.Equal(120, stream.Figures.FramesSent);
        Assert.Equal(0, stream.Figures.FramesDropped);
        Assert.True(_rig.Session!.GetStatistics().PacketsSent > 120); // Opened by Start.
    }

    [Fact]
    public void Run_FarEndNamesALowBitRate_SendsLessAndFewerPictures()
    {
        VideoStream stream = Start("h264", 1);
        Show(stream, pictures: 50);
        long before = _rig.Session!.GetStatistics().OctetsSent; // Opened by Start.
        long start = _rig.Now;
        Show(stream, pictures: 50);
        double free = 8 * (_rig.Session.GetStatistics().OctetsSent - before) / _rig.Time.GetElapsedTime(start).TotalSeconds;

        stream.OnFeedback(new FeedbackMessage(FeedbackKind.TemporaryMaximumBitRate, 1, 2, BitRateBps: 150_000));
        Show(stream, pictures: 25);
        before = _rig.Session.GetStatistics().OctetsSent;
        start = _rig.Now;
        Show(stream, pictures: 50);
        double seconds = _rig.Time.GetElapsedTime(start).TotalSeconds;
        double limited = 8 * (_rig.Session.GetStatistics().OctetsSent - before) / seconds;
        Assert.InRange(50 / seconds, 12, 13); // Every second picture.
        Assert.True(limited < 190_000 && free > 1.7 * limited, $"{free:0} bit/s before, {limited:0} after");
    }

    [Theory]
    [InlineData("h264", VideoCodec.H264)]
    [InlineData("h265", VideoCodec.H265)]
    public void Run_FarEndNamesTheLowestBitRate_SendsASmallerPictureAndTheLargeOneAgain(string codec, VideoCodec coding)
    {
        VideoStream stream = Start(codec, 1);
        using var eye = new PeerEye(_rig.Peer, coding);
        Show(stream, pictures: 10);
        Assert.Equal([(Side, Side)], eye.Look());
        stream.OnFeedback(new FeedbackMessage(FeedbackKind.TemporaryMaximumBitRate, 1, 2, BitRateBps: 48_000));
        Show(stream, pictures: 20);
        Assert.Equal([(Side / 2, Side / 2)], eye.Look()); // From the very next picture on.
        stream.OnFeedback(new FeedbackMessage(FeedbackKind.TemporaryMaximumBitRate, 1, 2, BitRateBps: 400_000));
        Show(stream, pictures: 100); // Together more than the five seconds that a size is kept.
        Assert.Equal([(Side / 2, Side / 2), (Side, Side)], eye.Look());
        Assert.Empty(_rig.Told);
    }

    [Fact]
    public async Task SnapshotAsync_WhileThePictureIsAtHalfSize_GivesThatPicture()
    {
        VideoStream stream = Start("h264", 1);
        Show(stream, pictures: 10);
        stream.OnFeedback(new FeedbackMessage(FeedbackKind.TemporaryMaximumBitRate, 1, 2, BitRateBps: 48_000));
        Show(stream, pictures: 20);
        Task<I420Frame?> taken = stream.SnapshotAsync(TestContext.Current.CancellationToken);
        Show(stream, pictures: 5);
        I420Frame? picture = await taken;
        Assert.NotNull(picture);
        Assert.Equal((Side / 2, Side / 2), (picture.Width, picture.Height));
        Assert.True(picture.View.Y.ToArray().Distinct().Count() > 2, "the picture is empty");
    }

    private VideoStream Start(string codec, int packetizationMode)
    {
        PayloadFormat format = codec == "h265" ? Codec.H265() : Codec.H264(new H264Parameters
        {
            ProfileLevelId = H264ProfileLevelId.Default, PacketizationMode = packetizationMode, LevelAsymmetryAllowed = true,
        });
        NegotiatedMedia line = StreamRig.Video(format);
        var options = new VideoOptions { KeyFrameRequestIntervalMs = 0 };
        _stream = new VideoStream(_rig.Clock, new KeyFramePolicy(options, _rig.Time.TimestampFrequency), _rig);
        RtpSession session = _rig.Open(_stream, line);
        _stream.Bind(session);
        _stream.Use(VideoSetup.Create(line, new VideoFormat(Side, Side, 25, 400_000), options, 1188, Labelled(), marked: true));
        return _stream;
    }

    private static LabelledPictures Labelled() => new(new MovingBars(), new PictureLabel("AI avatar", Side, Side), Side, Side);

    /// <summary>Runs the stream at the times that it asks for; the bytes that its own code has allocated.</summary>
    private long Show(VideoStream stream, int pictures)
    {
        long allocated = 0;
        long goal = stream.Figures.FramesSent + pictures;
        stream.OnFeedback(new FeedbackMessage(FeedbackKind.PictureLoss, 1, 2));
        for (int run = 0; stream.Figures.FramesSent < goal && run < 100 * pictures; run++)
        {
            long now = _rig.Now;
            long before = GC.GetAllocatedBytesForCurrentThread();
            long next = stream.Run(now);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            _rig.Time.Advance(TimeSpan.FromSeconds(Math.Max(0, next - now) / (double)_rig.Time.TimestampFrequency));
        }

        return allocated;
    }

    /// <summary>A picture with something to encode in every frame.</summary>
    private sealed class MovingBars : IPictureSource
    {
        private readonly I420Frame _frame = new(Side, Side);
        private int _shift;

        public I420View PictureAt(double seconds, long mediaTime)
        {
            Span<byte> pixels = _frame.Pixels;
            _shift += 3;
            for (int i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)(128 + ((((i + _shift) >> 3) & 15) * 4) - 32);
            return _frame.View;
        }

        public void Dispose()
        {
        }
    }
}
