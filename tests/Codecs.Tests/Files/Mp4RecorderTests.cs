using System.Globalization;
using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Video;
using Avatar2D.Media;

namespace Avatar2D.Codecs.Tests.Files;

public sealed class Mp4RecorderTests
{
    /// <summary>Picture n is dark but for a second of white from picture 20 on; a tone stands at the same time on the shared timeline.</summary>
    [Theory]
    [InlineData(VideoCodec.H264, 8000, 0, 0)]
    [InlineData(VideoCodec.H264, 16000, 45_000, 0)]
    [InlineData(VideoCodec.H264, 48000, 0, 32_400)]
    [InlineData(VideoCodec.H265, 16000, 9_000, 0)]
    public void Record_FlashAndBeepAtOneTime_StayTogether(VideoCodec codec, int rate, long videoStart, long audioStart)
    {
        const long Base = 7_000_000_000; // a timeline that began long ago
        const long Event = 135_000; // 1.5 s
        using TempFolder folder = new();
        string path = folder.File("call.mp4");
        using (Mp4Recorder recorder = new(path, new Mp4RecorderSettings { Video = codec, AudioSampleRateHz = rate }))
        {
            using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Codec = codec, Width = 176, Height = 144 });
            short[] sound = new short[rate * 3];
            TestSounds.Sine(rate, 1000, rate).CopyTo(sound, (int)((Event - audioStart) * rate / 90_000));
            int at = 0;
            for (long time = 0; time < 270_000; time += 1800)
            {
                if (time >= audioStart && at + (rate / 50) <= sound.Length)
                {
                    recorder.WriteAudio(sound.AsSpan(at, rate / 50), Base + time);
                    at += rate / 50;
                }

                if (time < videoStart || (time - videoStart) % 3600 != 0)
                    continue;
                I420Frame frame = new(176, 144);
                frame.FillBlack();
                if (time is >= Event and < Event + 90_000)
                    frame.View.Y.Fill(235);
                EncodedVideo encoded = encoder.Encode(frame.View, time / 3600, false);
                recorder.WriteVideo(encoded.AccessUnit, Base + time, encoded.IsKeyFrame);
            }

            recorder.Complete();
            Assert.Equal(0, recorder.DroppedVideoFrames);
        }

        double flash = FirstFlash(path);
        double beep = FirstBeep(path);
        long start = Math.Min(videoStart, audioStart);
        Assert.InRange(flash, ((Event - start) / 90_000.0) - 0.0005, ((Event - start) / 90_000.0) + 0.0405);
        Assert.InRange(beep, ((Event - start) / 90_000.0) - 0.004, ((Event - start) / 90_000.0) + 0.004);
        string streams = ToolRunner.Run("ffprobe", "-v", "error", "-show_entries", "stream=codec_name,sample_rate,width,height", "-of", "csv=p=0", path);
        Assert.Contains(codec == VideoCodec.H264 ? "h264,176,144" : "hevc,176,144", streams, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"aac,{rate}"), streams, StringComparison.Ordinal);
        ToolRunner.Run("ffmpeg", "-v", "error", "-xerror", "-i", path, "-f", "null", "-");
    }

    [Fact]
    public void WriteVideo_JitteredTimes_AreKeptExactly()
    {
        using TempFolder folder = new();
        string path = folder.File("a.mp4");
        long[] times = [0, 3600, 7300, 10_700, 18_000, 18_001, 90_000];
        using (Mp4Recorder recorder = new(path, new Mp4RecorderSettings()))
        {
            using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Width = 64, Height = 64 });
            for (int i = 0; i < times.Length; i++)
            {
                EncodedVideo encoded = encoder.Encode(TestPictures.Moving(64, 64, i).View, i, false);
                recorder.WriteVideo(encoded.AccessUnit, 500 + times[i], encoded.IsKeyFrame);
            }
        }

        string stamps = ToolRunner.Run("ffprobe", "-v", "error", "-show_entries", "packet=pts", "-of", "csv=p=0", path);
        Assert.Equal(times, stamps.Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(long.Parse));
    }

    [Fact]
    public void WriteVideo_BeforeTheFirstIdrOrOutOfOrder_IsDroppedAndCounted()
    {
        using TempFolder folder = new();
        using Mp4Recorder recorder = new(folder.File("a.mp4"), new Mp4RecorderSettings());
        using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Width = 64, Height = 64 });
        encoder.Encode(TestPictures.Moving(64, 64, 0).View, 0, false);
        for (int i = 1; i < 6; i++)
        {
            EncodedVideo encoded = encoder.Encode(TestPictures.Moving(64, 64, i).View, i, i == 3);
            recorder.WriteVideo(encoded.AccessUnit, i * 3600, encoded.IsKeyFrame);
        }

        recorder.WriteVideo(encoder.Encode(TestPictures.Moving(64, 64, 6).View, 6, false).AccessUnit, 100, false);
        recorder.Complete();
        Assert.Equal(3, recorder.VideoFrames);
        Assert.Equal(3, recorder.DroppedVideoFrames);
    }

    [Fact]
    public void WriteAudio_HoleAndOverlap_AreSilenceAndCut()
    {
        using TempFolder folder = new();
        string path = folder.File("a.mp4");
        using (Mp4Recorder recorder = new(path, new Mp4RecorderSettings { Video = null, AudioSampleRateHz = 16000 }))
        {
            short[] tone = TestSounds.Sine(16000, 500, 16000);
            recorder.WriteAudio(tone, 0);
            recorder.WriteAudio(tone, 45_000); // half of it lies before the end: cut
            recorder.WriteAudio(tone, 270_000); // 1.5 s later
            Assert.Throws<CodecException>(() => recorder.WriteAudio(tone, 90_000L * 7200));
            recorder.Complete();
        }

        short[] heard = MediaFileReader.ReadAudio(path, 16000).Samples.ToArray();
        Assert.InRange(heard.Length, 64_000, 64_000 + 1024);
        Assert.True(TestSounds.Power(heard.AsSpan(8000, 14_000)) > 1e7);
        Assert.True(TestSounds.Power(heard.AsSpan(25_000, 22_000)) < 1e3);
        Assert.True(TestSounds.Power(heard.AsSpan(49_000, 14_000)) > 1e7);
    }

    [Fact]
    public void Complete_VideoThatStartsAfterAMinuteOfSound_HasBoth()
    {
        using TempFolder folder = new();
        string path = folder.File("a.mp4");
        using (Mp4Recorder recorder = new(path, new Mp4RecorderSettings { AudioSampleRateHz = 8000 }))
        {
            short[] second = TestSounds.Sine(8000, 300, 8000);
            for (int i = 0; i < 12; i++)
                recorder.WriteAudio(second, i * 90_000);
            using LibAvVideoEncoder encoder = new(new VideoEncoderSettings { Width = 64, Height = 64 });
            for (int i = 0; i < 10; i++)
            {
                EncodedVideo encoded = encoder.Encode(TestPictures.Moving(64, 64, i).View, i, false);
                recorder.WriteVideo(encoded.AccessUnit, (90_000 * 12) + (i * 3600), encoded.IsKeyFrame);
            }
        }

        using MediaFileReader reader = new(path);
        Assert.True(reader.Info.HasAudio);
        Assert.True(reader.TryReadPicture(out MediaPicture first));
        Assert.InRange(first.Time.TotalSeconds, 11.999, 12.001);
    }

    [Fact]
    public void Complete_NothingRecorded_Throws()
    {
        using TempFolder folder = new();
        using Mp4Recorder recorder = new(folder.File("a.mp4"), new Mp4RecorderSettings());
        Assert.Throws<CodecException>(recorder.Complete);
        Assert.Throws<ArgumentException>(() => new Mp4Recorder(folder.File("b.mp4"), new Mp4RecorderSettings { Video = null }));
        Assert.Throws<CodecException>(() => new Mp4Recorder(folder.File("no/such/folder.mp4"), new Mp4RecorderSettings()));
    }

    private static double FirstFlash(string path)
    {
        using MediaFileReader reader = new(path);
        while (reader.TryReadPicture(out MediaPicture picture))
        {
            if (picture.Picture.Y[0] > 120)
                return picture.Time.TotalSeconds;
        }

        return -1;
    }

    private static double FirstBeep(string path)
    {
        short[] pcm = MediaFileReader.ReadAudio(path, 16000).Samples.ToArray();
        return Array.FindIndex(pcm, sample => Math.Abs(sample) > 3000) / 16000.0;
    }
}
