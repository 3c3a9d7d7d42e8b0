using System.Runtime.InteropServices;
using Avatar2D.Codecs.LibAv;
using Avatar2D.Media;

namespace Avatar2D.Codecs.Files;

/// <summary>
/// Reads media files that libavformat knows (MP4, MOV, WebM, Ogg, WAV, PNG, JPEG...): pictures one after the other as upright I420,
/// sound as a whole. Only local files are opened. One thread at a time.
/// </summary>
public sealed class MediaFileReader : IDisposable
{
    private readonly string _path;
    private readonly PictureImporter _importer = new();
    private MediaStream? _video;
    private QuarterTurn _turn;
    private I420Frame? _turned;
    private long _frames;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CodecUnavailableException">libav* is not installed.</exception>
    /// <exception cref="CodecException">The file does not exist, or is nothing that can be decoded.</exception>
    public MediaFileReader(string path)
    {
        _path = path;
        LibAvRuntime.Require();
        _video = MediaStream.Open(path, AvParametersView.TypeVideo);
        try
        {
            Info = Describe();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the file holds.</summary>
    public MediaFileInfo Info { get; }

    /// <summary>Packets of the picture stream that could not be decoded so far.</summary>
    public int BadPackets => _video?.BadPackets ?? 0;

    /// <summary>Reads the next picture in the order of showing.</summary>
    /// <returns>False at the end, or when the file has no pictures.</returns>
    /// <exception cref="CodecException">The file cannot be read on.</exception>
    public bool TryReadPicture(out MediaPicture picture)
    {
        picture = default;
        while (_video is not null && _video.TryRead())
        {
            if (!_importer.TryTake(_video.Frame))
                continue;
            // Without a time (raw streams) pictures count at the file's rate.
            TimeSpan time = _video.Time ?? TimeSpan.FromSeconds(_frames / (Info.FramesPerSecond > 0 ? Info.FramesPerSecond : 25));
            _frames++;
            picture = new MediaPicture(Upright(_importer.View), time);
            return true;
        }

        return false;
    }

    /// <summary>Back to the first picture.</summary>
    /// <exception cref="CodecException">The file is gone.</exception>
    public void Rewind()
    {
        _video?.Dispose();
        _video = MediaStream.Open(_path, AvParametersView.TypeVideo);
        _frames = 0;
    }

    /// <summary>Reads all sound as one clip (<see cref="MediaAudioReader"/> reads long files piece by piece). Its sample 0 is at time 0 of the pictures: holes and a late start are silence.</summary>
    /// <param name="path">A local file.</param>
    /// <param name="sampleRateHz">Wanted rate.</param>
    /// <param name="atMost">Where to stop; null reads all.</param>
    /// <exception cref="CodecException">The file has no sound, or cannot be decoded.</exception>
    public static PcmClip ReadAudio(string path, int sampleRateHz, TimeSpan? atMost = null)
    {
        using MediaAudioReader reader = new(path);
        List<short> samples = [];
        short[] piece = new short[reader.SampleRateHz];
        for (int read = -1; read != 0 && !(atMost is { } enough && samples.Count >= enough.TotalSeconds * reader.SampleRateHz);)
        {
            read = reader.Read(piece);
            samples.AddRange(piece.AsSpan(0, read));
        }

        PcmClip clip = new PcmClip(reader.SampleRateHz, samples.ToArray()).At(sampleRateHz, path);
        int limit = atMost is { } end ? (int)Math.Min(int.MaxValue, end.TotalSeconds * sampleRateHz) : int.MaxValue;
        return clip.Samples.Length > limit ? clip with { Samples = clip.Samples[..limit] } : clip;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _video?.Dispose();
        _importer.Dispose();
    }

    private MediaFileInfo Describe()
    {
        using MediaStream? audio = OpenAudio();
        if (_video is null && audio is null)
            throw new CodecException($"{_path} has neither pictures nor sound.");
        AvParametersView? video = _video is null ? null : new AvParametersView(_video.Stream.Parameters);
        _turn = _video?.Stream.Turn ?? QuarterTurn.None;
        bool swapped = _turn is QuarterTurn.Right or QuarterTurn.Left;
        int width = (video?.Width ?? 0) & ~1;
        int height = (video?.Height ?? 0) & ~1;
        long? length = (_video ?? audio)!.Input.DurationMicroseconds; // one of them is there
        return new MediaFileInfo
        {
            Width = swapped ? height : width,
            Height = swapped ? width : height,
            FramesPerSecond = _video is null ? 0 : AvFormatNative.GuessFrameRate(_video.Input, _video.Stream.Address, IntPtr.Zero).Value,
            Duration = length is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null,
            IsHighDynamicRange = video?.ColorTransfer is 16 or 18,
            VideoCoding = video is { } pictures ? CodingName(pictures.CodecId) : null,
            AudioCoding = audio is null ? null : CodingName(new AvParametersView(audio.Stream.Parameters).CodecId),
        };
    }

    /// <summary>Sound of an unknown coding does not keep the pictures from being read.</summary>
    private MediaStream? OpenAudio()
    {
        try
        {
            return MediaStream.Open(_path, AvParametersView.TypeAudio);
        }
        catch (CodecException) when (_video is not null)
        {
            return null;
        }
    }

    private static string CodingName(int codecId) => Marshal.PtrToStringUTF8(AvCodecNative.CodecName(codecId)) ?? "unknown";

    private I420View Upright(I420View picture)
    {
        if (_turn == QuarterTurn.None)
            return picture;
        bool swapped = _turn != QuarterTurn.Half;
        int width = swapped ? picture.Height : picture.Width;
        int height = swapped ? picture.Width : picture.Height;
        if (_turned is null || _turned.Width != width || _turned.Height != height)
            _turned = new I420Frame(width, height);
        I420Rotation.Rotate(picture, _turned.View, _turn);
        return _turned.View;
    }
}
