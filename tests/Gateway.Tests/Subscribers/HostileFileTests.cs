using System.Buffers.Binary;
using System.IO.Compression;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Subscribers;
using Avatar2D.Gateway.Subscribers.Jobs;

namespace Avatar2D.Gateway.Tests.Subscribers;

/// <summary>Files made to do harm, against the real worker process: each ends in a verdict, within bounds, and nothing of it is left.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("avatar2d-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("png-bomb", "decodable")]
    [InlineData("png-cut", "decodable")]
    [InlineData("jpeg-head", "decodable")]
    [InlineData("mp4-head", "decodable")]
    [InlineData("mp4-noise", "decodable")]
    [InlineData("sound-only", "has_picture")]
    public async Task Register_FileMadeToHarm_RefusedByItsVerdict(string file, string code)
    {
        string path = Path.Combine(_folder, file);
        await File.WriteAllBytesAsync(path, Make(file, path));
        RegistrationOutcome outcome = await RegisterAsync(path, file.StartsWith("png", StringComparison.Ordinal) || file.StartsWith("jpeg", StringComparison.Ordinal) ? AvatarKind.Photo : AvatarKind.Video);
        Verdict verdict = outcome.Verdicts.Single(v => !v.Passed);

        Assert.Equal(code, verdict.Code);
        Assert.NotNull(verdict.Advice);
        Assert.DoesNotContain(_folder, verdict.Message, StringComparison.Ordinal);
        Assert.False(outcome.HasPackage);
    }

    [Fact]
    public async Task Register_WorkerOverItsTime_KilledAndRefused()
    {
        string path = Path.Combine(_folder, "fifo");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [path]))
            await make.WaitForExitAsync();
        var options = new GatewayOptions { Jobs = new JobOptions { RegisterTimeoutSeconds = 10 } };
        RegistrationOutcome outcome = await new WorkerRegistrar(new SourceWorker(options, TimeProvider.System)).RegisterAsync(
            path, AvatarKind.Video, "av_1", Path.Combine(_folder, "work", "av_1"), new Progress<JobProgress>(), CancellationToken.None);

        Assert.Contains("10 s", Assert.Single(outcome.Verdicts).Message, StringComparison.Ordinal);
    }

    private Task<RegistrationOutcome> RegisterAsync(string path, AvatarKind kind) =>
        new WorkerRegistrar(new SourceWorker(new GatewayOptions { Jobs = new JobOptions { WorkerMemoryMegabytes = 512 } }, TimeProvider.System)).RegisterAsync(
            path, kind, "av_1", Path.Combine(_folder, "work", "av_1"), new Progress<JobProgress>(), CancellationToken.None);

    private static byte[] Make(string name, string path)
    {
        switch (name)
        {
            case "png-bomb":
                return Png(20_000, 20_000);
            case "png-cut":
                return Png(512, 512)[..300];
            case "jpeg-head":
                return [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0];
            case "mp4-head":
                return Provisioning.TestMedia.Mp4Head;
            case "mp4-noise":
                byte[] noise = new byte[200_000];
                new Random(7).NextBytes(noise);
                return [.. Provisioning.TestMedia.Mp4Head, .. noise];
            default:
                WavFile.Write(path, 16_000, new short[16_000]);
                return File.ReadAllBytes(path);
        }
    }

    /// <summary>A PNG of one colour: small on the disk, large in memory.</summary>
    private static byte[] Png(int width, int height)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[1 + (width * 3)];
            for (int y = 0; y < height; y++)
                zlib.Write(row);
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = 2;
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    /// <summary>CRC-32 of PNG (ISO/IEC 15948 annex D).</summary>
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        return ~crc;
    }
}
