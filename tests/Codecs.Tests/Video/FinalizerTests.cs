using System.Runtime.CompilerServices;
using Avatar2D.Codecs.Audio;
using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs.Tests.Video;

public sealed class FinalizerTests
{
    [Fact]
    public void Codecs_ForgottenWithoutDispose_AreFreedByTheCollector()
    {
        for (int round = 0; round < 5; round++)
        {
            WeakReference forgotten = MakeAndForget();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Assert.False(forgotten.IsAlive);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference MakeAndForget()
    {
        LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Width = 176, Height = 144 });
        byte[] accessUnit = encoder.Encode(TestPictures.Moving(176, 144, 0).View, 0, false).AccessUnit.ToArray();
        LibAvVideoDecoder decoder = new(VideoCodec.H264);
        Assert.True(decoder.TryDecode(accessUnit, 0, out _));
        OpusEncoder opus = new(new OpusEncoderSettings());
        opus.Encode(new short[320], new byte[opus.MaxPayloadBytes]);
        return new WeakReference(encoder);
    }
}
