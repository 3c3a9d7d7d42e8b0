using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Images;
using Avatar2D.Media;

namespace Avatar2D.Codecs.Tests.Files;

public sealed class MediaFileTests
{
    [Fact]
    public void VideoFileWriter_ThenReader_ReturnsPicturesTimesAndSound()
    {
        using TempFolder folder = new();
        string path = folder.File("clip.mp4");
        short[] voice = TestSounds.Voice(16000, 32000);
        using (VideoFileWriter writer = new(path, new VideoFileSettings { Width = 320, Height = 240, AudioSampleRateHz = 16000 }))
        {
            for (int i = 0; i < 50; i++)
            {
                writer.WriteFrame(TestPictures.Moving(320, 240, i).View);
                writer.WriteAudio(voice.AsSpan(i * 640, 640));
            }

            writer.Complete();
        }

        using MediaFileReader reader = new(path);
        Assert.Equal((320, 240, "h264", "aac"), (reader.Info.Width, reader.Info.Height, reader.Info.VideoCoding, reader.Info.AudioCoding));
        Assert.Equal(25, reader.Info.FramesPerSecond, 0.1);
        Assert.InRange(reader.Info.Duration!.Value.TotalSeconds, 1.99, 2.1);
        for (int round = 0; round < 2; round++)
        {
            int count = 0;
            for (; reader.TryReadPicture(out MediaPicture picture); count++)
            {
                Assert.Equal(count * 0.04, picture.Time.TotalSeconds, 0.0001);
                Assert.True(TestPictures.LumaPsnr(TestPictures.Moving(320, 240, count).View, picture.Picture) > 38);
            }

            Assert.Equal(50, count);
            reader.Rewind();
        }

        PcmClip heard = MediaFileReader.ReadAudio(path, 16000);
        Assert.Equal(0, TestSounds.BestLag(voice.AsSpan(2000, 12_000), heard.Samples.Span[2000..], -200, 200));
        Assert.True(TestSounds.Correlation(voice, heard.Samples.Span) > 0.95);
        Assert.Equal(8000, MediaFileReader.ReadAudio(path, 16000, TimeSpan.FromSeconds(0.5)).Samples.Length);
    }

    [Theory]
    [InlineData("clip.webm", "libvpx", "libopus", "yuv420p")]
    [InlineData("clip.mov", "libx264", "pcm_s16le", "yuv420p")]
    [InlineData("clip.mp4", "libx264", "aac", "yuv444p")]
    [InlineData("clip.mkv", "mjpeg", "flac", "yuvj420p")]
    public void Read_WhatFfmpegMakes_HasPicturesAndSoundInPlace(string name, string video, string audio, string pixels)
    {
        using TempFolder folder = new();
        string path = folder.File(name);
        ToolRunner.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=c=red:s=160x120:r=25:d=1", "-f", "lavfi", "-i", "sine=f=440:r=48000:d=1",
            "-pix_fmt", pixels, "-c:v", video, "-c:a", audio, "-shortest", path);
        using MediaFileReader reader = new(path);
        int count = 0;
        while (reader.TryReadPicture(out MediaPicture picture))
        {
            Assert.Equal((160, 120), (picture.Picture.Width, picture.Picture.Height));
            Assert.InRange(picture.Picture.Y[0], 76, 88); // red in BT.601 limited range: 82, 90, 240
            Assert.InRange(picture.Picture.V[0], 232, 246);
            count++;
        }

        Assert.InRange(count, 24, 26);
        short[] pcm = MediaFileReader.ReadAudio(path, 16000).Samples.ToArray();
        Assert.InRange(pcm.Length, 15_000, 17_500);
        Assert.True(TestSounds.Level(pcm.AsSpan(2000, 12_000), 16000, 440) > 3000);
    }

    [Fact]
    public void Read_TurnedPhoneVideo_ComesUpright()
    {
        using TempFolder folder = new();
        ToolRunner.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=c=black:s=160x120:r=25:d=0.2,drawbox=x=0:y=0:w=40:h=40:c=white:t=fill",
            "-pix_fmt", "yuv420p", "-c:v", "libx264", folder.File("plain.mp4"));
        // ffmpeg's "rotate" is counter-clockwise in the display matrix: 90 is shown turned by 90 degrees clockwise.
        ToolRunner.Run("ffmpeg", "-v", "error", "-i", folder.File("plain.mp4"), "-c", "copy", "-metadata:s:v:0", "rotate=90", folder.File("turned.mp4"));
        ToolRunner.Run("ffmpeg", "-v", "error", "-i", folder.File("turned.mp4"), "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", folder.File("upright.yuv"));
        byte[] expected = File.ReadAllBytes(folder.File("upright.yuv"));
        using MediaFileReader reader = new(folder.File("turned.mp4"));
        Assert.Equal((120, 160), (reader.Info.Width, reader.Info.Height));
        Assert.True(reader.TryReadPicture(out MediaPicture picture));
        I420Frame wanted = new(120, 160);
        expected.CopyTo(wanted.Pixels);
        Assert.True(TestPictures.LumaPsnr(wanted.View, picture.Picture) > 40);
    }

    [Fact]
    public void Read_VideoInBt709_ComesInBt601()
    {
        using TempFolder folder = new();
        ToolRunner.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=c=red:s=160x120:r=25:d=0.2",
            "-vf", "format=rgb24,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709",
            "-color_trc", "bt709", "-color_range", "tv", "-c:v", "libx264", folder.File("hd.mp4"));
        using MediaFileReader reader = new(folder.File("hd.mp4"));
        Assert.True(reader.TryReadPicture(out MediaPicture picture));
        Assert.InRange(picture.Picture.Y[0], 78, 86); // 63 in BT.709
        Assert.InRange(picture.Picture.U[0], 86, 94); // 102 in BT.709
    }

    [Fact]
    public void Open_MissingTextOrCutFiles_ThrowsCodecException()
    {
        using TempFolder folder = new();
        Assert.Throws<CodecException>(() => new MediaFileReader(folder.File("none.mp4")));
        File.WriteAllText(folder.File("text.mp4"), "this is no film");
        Assert.Throws<CodecException>(() => new MediaFileReader(folder.File("text.mp4")));
        Assert.Throws<CodecException>(() => MediaFileReader.ReadAudio(folder.File("text.mp4"), 16000));
        Assert.Throws<CodecException>(() => new MediaFileReader("http://127.0.0.1:1/film.mp4"));
    }

    [Fact]
    public void Read_CutAndMutatedFiles_EndsWithoutACrash()
    {
        using TempFolder folder = new();
        string path = folder.File("clip.mp4");
        using (VideoFileWriter writer = new(path, new VideoFileSettings { Width = 64, Height = 64, AudioSampleRateHz = 16000 }))
        {
            for (int i = 0; i < 10; i++)
            {
                writer.WriteFrame(TestPictures.Moving(64, 64, i).View);
                writer.WriteAudio(new short[640]);
            }
        }

        byte[] good = File.ReadAllBytes(path);
        Random random = new(41);
        for (int round = 0; round < 40; round++)
        {
            byte[] bytes = good[..(round % 4 == 0 ? random.Next(good.Length) : good.Length)];
            for (int n = random.Next(1, 30); n > 0 && bytes.Length > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, bytes);
            try
            {
                using MediaFileReader reader = new(path);
                for (int i = 0; i < 100 && reader.TryReadPicture(out _); i++)
                {
                }

                MediaFileReader.ReadAudio(path, 16000, TimeSpan.FromSeconds(5));
            }
            catch (CodecException)
            {
                // Refusing is right; anything else is a bug.
            }
        }
    }

    [Fact]
    public void SaveAndLoad_Png_KeepsThePicture()
    {
        using TempFolder folder = new();
        I420Frame picture = TestPictures.Moving(200, 120, 4);
        ImageFile.Save(picture.View, folder.File("a.png"));
        Assert.Equal("png,200,120\n", ToolRunner.Run("ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width,height", "-of", "csv=p=0", folder.File("a.png")));
        I420Frame back = ImageFile.Load(folder.File("a.png"));
        Assert.True(TestPictures.LumaPsnr(picture.View, back.View) > 33, $"{TestPictures.LumaPsnr(picture.View, back.View):F1}");
        ToolRunner.Run("ffmpeg", "-v", "error", "-i", folder.File("a.png"), "-q:v", "2", folder.File("a.jpg"));
        I420Frame jpeg = ImageFile.Load(folder.File("a.jpg"));
        Assert.True(TestPictures.LumaPsnr(back.View, jpeg.View) > 33, $"{TestPictures.LumaPsnr(back.View, jpeg.View):F1}");
        Assert.Throws<CodecException>(() => ImageFile.Load(folder.File("none.png")));
    }
}
