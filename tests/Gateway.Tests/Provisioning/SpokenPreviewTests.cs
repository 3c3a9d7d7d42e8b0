using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Options;
using Avatar2D.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Provisioning;

/// <summary>What people see before a call does: the avatar speaks.</summary>
public sealed class SpokenPreviewTests
{
    [Fact]
    public async Task Preview_OfACharacter_SpeaksASentenceWithAMovingMouth()
    {
        await using ApiRig rig = await ApiRig.StartAsync(
            options => options with { Video = options.Video with { Width = 256, Height = 256 } },
            services: services => services.Replace(ServiceDescriptor.Singleton(provider =>
            {
                GatewayOptions options = provider.GetRequiredService<GatewayOptions>();
                return AvatarCatalog.From(options.Avatar, options.Engine, NullLoggerFactory.Instance);
            })));
        HttpClient client = await rig.ClientAsync();
        string path = Path.Combine(rig.Folder, "preview.mp4");
        await File.WriteAllBytesAsync(path, await client.GetByteArrayAsync(HttpExtensions.At("/v1/gallery/maya/preview")));

        double seconds = WavFile.Read(InstallationFiles.Find("assets/preview.wav")!).Samples.Length / 16_000.0; // It comes with the program.
        using (var film = new MediaFileReader(path))
        {
            Assert.True(film.Info.HasAudio);
            Assert.InRange(film.Info.Duration!.Value.TotalSeconds, seconds - 0.3, seconds + 0.5);
        }

        (double mouth, double brow) = Motion(path);
        Assert.True(mouth > 2 * brow, $"mean change from picture to picture: mouth {mouth:0.00}, brow {brow:0.00} grey levels");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(rig.Folder, "store", "work"))); // Nothing is kept.
    }

    /// <summary>Mean change of a pixel from picture to picture, where maya's mouth is and where her brow is.</summary>
    private static (double Mouth, double Brow) Motion(string path)
    {
        using var film = new MediaFileReader(path);
        byte[] before = [];
        double mouth = 0, brow = 0;
        int pictures = 0;
        while (film.TryReadPicture(out MediaPicture picture))
        {
            byte[] now = [.. Region(picture.Picture, 0.55, 0.68), .. Region(picture.Picture, 0.30, 0.43)];
            if (before.Length > 0)
            {
                int half = now.Length / 2;
                mouth += Change(now.AsSpan(0, half), before.AsSpan(0, half));
                brow += Change(now.AsSpan(half), before.AsSpan(half));
                pictures++;
            }

            before = now;
        }

        return (mouth / pictures, brow / pictures);
    }

    private static byte[] Region(I420View picture, double top, double bottom)
    {
        var pixels = new List<byte>();
        for (int y = (int)(top * picture.Height); y < (int)(bottom * picture.Height); y++)
            pixels.AddRange(picture.Y.Slice((y * picture.YStride) + (int)(0.4 * picture.Width), (int)(0.2 * picture.Width)));
        return [.. pixels];
    }

    private static double Change(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum / a.Length;
    }
}
