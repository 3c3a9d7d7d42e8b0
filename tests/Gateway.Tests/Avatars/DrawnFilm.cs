using Avatar2D.AvatarEngine.Datasets;
using Avatar2D.AvatarEngine.Gallery;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Speech;
using Avatar2D.Media;

namespace Avatar2D.Gateway.Tests.Avatars;

/// <summary>A film of a drawn person who speaks with a synthetic voice, as a telephone with a camera would bring it.</summary>
internal sealed class DrawnFilm
{
    private DrawnFilm(GalleryCharacter character, FaceTimeline acting, short[] pcm)
    {
        Character = character;
        Acting = acting;
        Pcm = pcm;
    }

    public GalleryCharacter Character { get; init; }

    public FaceTimeline Acting { get; init; }

    /// <summary>Mono at 16 kHz.</summary>
    public short[] Pcm { get; init; }

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 720;

    /// <summary>Spoils the picture of a frame before it is written.</summary>
    public Action<I420Frame, int> Spoil { get; init; } = (_, _) => { };

    /// <summary>Films sentences, with half a second of rest before, between and after them.</summary>
    public static async Task<DrawnFilm> SpeakingAsync(GalleryCharacter character, params string[] sentences)
    {
        TimeSpan rest = TimeSpan.FromSeconds(0.5);
        FliteSynthesizer flite = await FliteSynthesizer.FindAsync("flite", CancellationToken.None);
        var voice = SpeakerVoice.Of(character, flite.Voices);
        var pcm = new List<short>(new short[(int)(rest.TotalSeconds * 16_000)]);
        var phones = new List<PhoneSpan> { new("SIL", TimeSpan.Zero, rest) };
        foreach (string sentence in sentences)
        {
            SpokenLine line = await flite.SpeakAsync(sentence, voice, 1, CancellationToken.None);
            TimeSpan start = TimeSpan.FromSeconds(pcm.Count / 16_000.0);
            phones.AddRange(line.Phones.Select(p => new PhoneSpan(p.Phone, p.Start + start, p.End + start)));
            pcm.AddRange(line.Pcm.Span);
            TimeSpan end = TimeSpan.FromSeconds(pcm.Count / 16_000.0);
            phones.Add(new PhoneSpan("SIL", end, end + rest));
            pcm.AddRange(new short[(int)(rest.TotalSeconds * 16_000)]);
        }

        FaceTimeline speech = FaceTimeline.Speech(phones);
        return new DrawnFilm(character, speech.Over(FaceTimeline.Idle(character.Seed, speech.Duration)), [.. pcm]);
    }

    /// <summary>Films a person who says nothing.</summary>
    public static DrawnFilm Of(GalleryCharacter character, FaceTimeline acting) => new(character, acting, []);

    /// <summary>The same film with other pictures.</summary>
    public DrawnFilm With(FaceTimeline? acting = null, int? width = null, int? height = null, short[]? pcm = null, Action<I420Frame, int>? spoil = null) =>
        new(Character, acting ?? Acting, pcm ?? Pcm) { Width = width ?? Width, Height = height ?? Height, Spoil = spoil ?? Spoil };

    /// <summary>Writes the sound alone, WAV.</summary>
    public void WriteSound(string path) => WavFile.Write(path, 16_000, Pcm);

    /// <summary>Draws it: the person in the middle, 25 pictures a second.</summary>
    public void Write(string path)
    {
        int side = Math.Min(Width, Height);
        using var renderer = new GalleryRenderer(Character, side);
        using var writer = new VideoFileWriter(path, new VideoFileSettings
        {
            Width = Width, Height = Height, Crf = 20, Preset = "ultrafast", AudioSampleRateHz = Pcm.Length > 0 ? 16_000 : null,
        });
        var drawn = new I420Frame(side, side);
        var picture = new I420Frame(Width, Height);
        var frame = new I420Scaler(side, side, Width, Height, ScaleMode.Letterbox);
        for (int n = 0; n < Acting.FrameCount; n++)
        {
            renderer.Render(Acting.AtFrame(n));
            PackedPicture.ToI420(renderer.Pixels, side * 4, PackedOrder.Bgra, drawn.View);
            frame.Scale(drawn.View, picture.View);
            Spoil(picture, n);
            writer.WriteFrame(picture.View);
            if (Pcm.Length > 0)
                writer.WriteAudio(Pcm.AsSpan(Math.Min(Pcm.Length, n * 640), Math.Clamp(Pcm.Length - (n * 640), 0, 640)));
        }

        writer.Complete();
    }
}
