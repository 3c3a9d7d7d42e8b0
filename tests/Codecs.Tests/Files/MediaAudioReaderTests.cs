using Avatar2D.Codecs.Files;
using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs.Tests.Files;

public sealed class MediaAudioReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(333)]
    [InlineData(48_000)]
    public void Read_InPiecesOfAnyLength_GivesTheSamples(int piece)
    {
        using TempFolder folder = new();
        string path = folder.File("voice.wav");
        short[] voice = TestSounds.Voice(16000, 20_000);
        WavFile.Write(path, 16000, voice);
        using MediaAudioReader reader = new(path);
        Assert.Equal(16000, reader.SampleRateHz);
        Assert.Equal(1.25, reader.Length!.Value.TotalSeconds, 0.01);
        List<short> got = [];
        short[] room = new short[piece];
        int read;
        do
        {
            read = reader.Read(room);
            got.AddRange(room.AsSpan(0, read));
        }
        while (read == piece);
        Assert.Equal(voice, got.ToArray());
        Assert.Equal(0, reader.Read(room));
    }

    [Fact]
    public void Read_LongFile_KeepsItsMemory()
    {
        using TempFolder folder = new();
        string path = folder.File("long.wav");
        short[] second = TestSounds.Voice(48000, 48_000);
        using (WavWriter writer = new(path, 48000))
        {
            for (int i = 0; i < 120; i++)
                writer.Write(second);
        }

        using MediaAudioReader reader = new(path);
        short[] piece = new short[960];
        reader.Read(piece);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long samples = piece.Length;
        for (int read = reader.Read(piece); read > 0; read = reader.Read(piece))
            samples += read;
        Assert.Equal(120 * 48_000, samples);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000); // Handles for each frame; the file has 11.5 MB.
    }

    [Fact]
    public void Open_WhatHasNoSound_IsRefused()
    {
        using TempFolder folder = new();
        string silent = folder.File("silent.mp4");
        using (VideoFileWriter writer = new(silent, new VideoFileSettings { Width = 64, Height = 64 }))
        {
            writer.WriteFrame(TestPictures.Moving(64, 64, 0).View);
            writer.Complete();
        }

        Assert.Contains("no sound", Assert.Throws<CodecException>(() => new MediaAudioReader(silent)).Message, StringComparison.Ordinal);
        Assert.Throws<CodecException>(() => new MediaAudioReader(folder.File("none.wav")));
        File.WriteAllText(folder.File("text.wav"), "no sound at all");
        Assert.Throws<CodecException>(() => new MediaAudioReader(folder.File("text.wav")));
    }

    [Fact]
    public void VideoFileWriter_H265_IsReadBack()
    {
        using TempFolder folder = new();
        string path = folder.File("clip.mp4");
        using (VideoFileWriter writer = new(path, new VideoFileSettings { Codec = VideoCodec.H265, Width = 320, Height = 240, FramesPerSecond = 30 }))
        {
            for (int i = 0; i < 10; i++)
                writer.WriteFrame(TestPictures.Moving(320, 240, i).View);
            writer.Complete();
        }

        using MediaFileReader reader = new(path);
        Assert.Equal("hevc", reader.Info.VideoCoding);
        Assert.Equal(30, reader.Info.FramesPerSecond, 0.1);
        int count = 0;
        while (reader.TryReadPicture(out MediaPicture picture))
            Assert.True(TestPictures.LumaPsnr(TestPictures.Moving(320, 240, count++).View, picture.Picture) > 36);
        Assert.Equal(10, count);
    }
}
