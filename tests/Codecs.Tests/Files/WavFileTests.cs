using Avatar2D.Codecs.Files;

namespace Avatar2D.Codecs.Tests.Files;

public sealed class WavFileTests
{
    [Fact]
    public void Write_ThenRead_IsTheSame()
    {
        using TempFolder folder = new();
        short[] voice = TestSounds.Voice(16000, 1234);
        WavFile.Write(folder.File("a.wav"), 16000, voice);
        PcmClip clip = WavFile.Read(folder.File("a.wav"));
        Assert.Equal(16000, clip.SampleRateHz);
        Assert.Equal(voice, clip.Samples.ToArray());
        Assert.Equal("16000,1\n", ToolRunner.Run("ffprobe", "-v", "error", "-show_entries", "stream=sample_rate,channels", "-of", "csv=p=0", folder.File("a.wav")));
    }

    [Theory]
    [InlineData("pcm_u8", 1, 256)]
    [InlineData("pcm_s16le", 2, 1)]
    [InlineData("pcm_s24le", 1, 1)]
    [InlineData("pcm_s32le", 2, 1)]
    [InlineData("pcm_f32le", 1, 1)]
    [InlineData("pcm_s16le", 6, 1)]
    [InlineData("pcm_alaw", 1, 800)]
    [InlineData("pcm_mulaw", 1, 800)]
    public void Read_WhatFfmpegWrites_IsTheSameSound(string coding, int channels, int tolerance)
    {
        using TempFolder folder = new();
        short[] voice = TestSounds.Voice(16000, 4000);
        WavFile.Write(folder.File("a.wav"), 16000, voice);
        string pan = string.Join('|', Enumerable.Range(0, channels).Select(c => $"c{c}=c0"));
        string layout = channels switch { 1 => "mono", 2 => "stereo", _ => "5.1" };
        ToolRunner.Run("ffmpeg", "-v", "error", "-i", folder.File("a.wav"), "-af", $"pan={layout}|{pan}", "-c:a", coding, folder.File("b.wav"));
        short[] read = WavFile.Read(folder.File("b.wav")).Samples.ToArray();
        Assert.Equal(voice.Length, read.Length);
        for (int i = 0; i < voice.Length; i++)
            Assert.InRange(read[i] - voice[i], -tolerance, tolerance);
    }

    [Fact]
    public void Read_AtAnotherRate_KeepsTheSoundsPlace()
    {
        using TempFolder folder = new();
        short[] voice = TestSounds.Voice(48000, 48000);
        WavFile.Write(folder.File("a.wav"), 48000, voice);
        PcmClip clip = WavFile.Read(folder.File("a.wav"), 16000);
        Assert.Equal(16000, clip.Samples.Length);
        Assert.Equal(0, TestSounds.BestLag(TestSounds.Voice(16000, 16000), clip.Samples.Span, -20, 20));
    }

    [Fact]
    public void Parse_BrokenFiles_SaysWhy()
    {
        using TempFolder folder = new();
        WavFile.Write(folder.File("a.wav"), 8000, new short[10]);
        byte[] good = File.ReadAllBytes(folder.File("a.wav"));
        Assert.Contains("not a WAVE", Assert.Throws<CodecException>(() => WavFile.Parse("hello"u8, "x")).Message, StringComparison.Ordinal);
        Assert.Throws<CodecException>(() => WavFile.Parse(good.AsSpan(0, 30), "x"));
        good[20] = 85; // MP3
        Assert.Contains("85", Assert.Throws<CodecException>(() => WavFile.Parse(good, "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RateThatCannotBeConverted_ThrowsCodecException()
    {
        using TempFolder folder = new();
        WavFile.Write(folder.File("a.wav"), 7001, new short[10]);
        Assert.Throws<CodecException>(() => WavFile.Read(folder.File("a.wav"), 16000));
    }

    [Fact]
    public void Parse_MutatedFiles_OnlyThrowsCodecException()
    {
        using TempFolder folder = new();
        WavFile.Write(folder.File("a.wav"), 8000, new short[50]);
        byte[] good = File.ReadAllBytes(folder.File("a.wav"));
        Random random = new(31);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = [.. good];
            for (int n = random.Next(1, 6); n > 0; n--)
                bytes[random.Next(44)] = (byte)random.Next(256);
            try
            {
                WavFile.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1)), "x");
            }
            catch (CodecException)
            {
                // Refusing is right; anything else is a bug.
            }
        }
    }

    [Fact]
    public void Dispose_OfWriter_CompletesTheHeader()
    {
        using TempFolder folder = new();
        using (WavWriter writer = new(folder.File("a.wav"), 8000))
        {
            writer.Write(new short[100]);
            writer.Write(new short[60]);
        }

        Assert.Equal(160, WavFile.Read(folder.File("a.wav")).Samples.Length);
    }
}
