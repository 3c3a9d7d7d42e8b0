using System.Buffers.Binary;
using System.IO.Compression;
using Avatar2D.Interop.Tests.Harness;

namespace Avatar2D.Interop.Tests.Provisioning;

/// <summary>Files that strangers send by mistake or on purpose: 200 of them, the same every time.</summary>
internal static class HostileFiles
{
    private const int Seed = 20261127;

    private static readonly (string Name, string[] Arguments)[] Media =
    [
        ("clip.mp4", ["-f", "lavfi", "-i", "testsrc=s=320x240:r=25:d=2", "-c:v", "libx264", "-preset", "ultrafast"]),
        ("clip.mov", ["-f", "lavfi", "-i", "testsrc=s=320x240:r=25:d=2", "-c:v", "libx264", "-preset", "ultrafast"]),
        ("clip.webm", ["-f", "lavfi", "-i", "testsrc=s=160x120:r=25:d=1", "-c:v", "libvpx", "-deadline", "realtime"]),
        ("photo.jpg", ["-f", "lavfi", "-i", "testsrc=s=640x480", "-frames:v", "1"]),
        ("photo.png", ["-f", "lavfi", "-i", "testsrc=s=320x240", "-frames:v", "1"]),
        ("photo.webp", ["-f", "lavfi", "-i", "testsrc=s=320x240", "-frames:v", "1"]),
        ("sound.mp4", ["-f", "lavfi", "-i", "sine=d=3", "-c:a", "aac"]),
        ("sound.webm", ["-f", "lavfi", "-i", "sine=d=3", "-c:a", "libopus"]),
        ("endless.mp4", ["-f", "lavfi", "-i", "color=s=128x128:r=5:d=400", "-c:v", "libx264", "-preset", "ultrafast"]),
        ("huge.mp4", ["-f", "lavfi", "-i", "color=s=9000x128:r=5:d=1", "-c:v", "libx264", "-preset", "ultrafast"]),
        ("tiny.mp4", ["-f", "lavfi", "-i", "color=s=64x64:r=5:d=1", "-c:v", "libx264", "-preset", "ultrafast"]),
        ("slideshow.mp4", ["-f", "lavfi", "-i", "testsrc=s=320x240:r=1:d=5", "-c:v", "libx264", "-preset", "ultrafast"]),
    ];

    private static readonly (string Name, byte[] Head)[] WrongTypes =
    [
        ("text.mp4", "this is no video"u8.ToArray()), ("page.jpg", "<!doctype html><html></html>"u8.ToArray()), ("script.png", "#!/bin/sh\nrm -rf /\n"u8.ToArray()),
        ("program.mp4", [0x7F, .. "ELF"u8, 2, 1, 1, 0]), ("archive.mp4", [.. "PK"u8, 3, 4, 20, 0]), ("sheet.pdf", "%PDF-1.7\n"u8.ToArray()),
        ("packed.webp", [0x1F, 0x8B, 8, 0]), ("list.m3u8", "#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n"u8.ToArray()), ("concat.txt", "ffconcat version 1.0\nfile /etc/passwd\n"u8.ToArray()),
        ("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray()), ("sound.wav", [.. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8]), ("moving.gif", "GIF89a"u8.ToArray()),
        ("apple.heic", [0, 0, 0, 24, .. "ftypheic"u8]), ("zeros.jpg", new byte[4096]),
    ];

    /// <summary>Makes them.</summary>
    /// <param name="folder">For what ffmpeg writes.</param>
    public static async Task<IReadOnlyList<(string Name, byte[] Bytes)>> MakeAsync(TempFolder folder)
    {
        var random = new Random(Seed);
        var files = new List<(string Name, byte[] Bytes)>();
        var media = new List<(string Name, byte[] Bytes)>();
        foreach ((string name, string[] arguments) in Media)
        {
            await using ExternalProcess ffmpeg = ExternalProcess.Start(Tool.Ffmpeg, ["-y", "-v", "error", .. arguments, folder.File(name)]);
            Assert.True(await ffmpeg.EndedAsync() == 0, ffmpeg.Report);
            media.Add((name, await File.ReadAllBytesAsync(folder.File(name))));
        }

        files.AddRange(media); // Whole, and nobody's face.
        files.Add(("bomb.png", Png(20_000, 20_000, isWhole: true)));
        files.Add(("header.png", Png(20_000, 20_000, isWhole: false)));
        files.Add(("header.jpg", Jpeg(20_000, 20_000)));
        files.Add(("empty.mp4", []));
        foreach ((string name, byte[] bytes) in media.Take(8))
        {
            for (int i = 0; i < 3; i++)
                files.Add(($"cut-{i}-{name}", bytes[..random.Next(1, bytes.Length)]));
            files.Add(($"flipped-{name}", Damaged(bytes, random, 40)));
            files.Add(($"head-{name}", [.. bytes[..Math.Min(64, bytes.Length)], .. Noise(random, 5000)]));
        }

        while (files.Count < 200)
        {
            (string name, byte[] head) = WrongTypes[files.Count % WrongTypes.Length];
            files.Add(($"{files.Count}-{name}", [.. head, .. name == "zeros.jpg" ? [] : Noise(random, random.Next(0, 3000))]));
        }

        return files;
    }

    private static byte[] Noise(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Damaged(byte[] bytes, Random random, int times)
    {
        byte[] damaged = [.. bytes];
        for (int i = 0; i < times; i++)
            damaged[random.Next(16, damaged.Length)] = (byte)random.Next(256);
        return damaged;
    }

    /// <summary>A PNG of one colour: small on the disk, large in memory.</summary>
    private static byte[] Png(int width, int height, bool isWhole)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] row = new byte[1 + (width * 3)];
            for (int y = 0; y < (isWhole ? height : 1); y++)
                zlib.Write(row);
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        uint crc = uint.MaxValue; // ISO/IEC 15948 annex D.
        foreach (byte b in chunk.AsSpan(4, 4 + data.Length))
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), ~crc);
        return chunk;
    }

    /// <summary>A JPEG that announces its size and ends (ITU-T T.81 B.2.2).</summary>
    private static byte[] Jpeg(int width, int height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0,
        0xFF, 0xC0, 0, 17, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xFF, 0xD9,
    ];
}
