using Avatar2D.Codecs.LibAv;
using Avatar2D.Codecs.Video;

namespace Avatar2D.Codecs.Files;

/// <summary>libavformat's MP4 muxer: streams are added, then started, then filled, then finished.</summary>
internal sealed class Mp4Writer : IDisposable
{
    private const int TicksPerSecond = 90_000;

    private readonly string _path;
    private readonly AvOutputHandle _output;
    private readonly AvPacketHandle _packet;
    private int _videoStream = -1;
    private int _audioStream = -1;

    public Mp4Writer(string path)
    {
        _path = path;
        _output = AvOutputHandle.Allocate("mp4", path);
        _packet = AvPacketHandle.Allocate();
        try
        {
            _output.OpenFile(path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <param name="codec">Coding.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="firstAccessUnit">An IDR with its parameter sets, from which the muxer builds the decoder configuration.</param>
    public void AddVideo(VideoCodec codec, int width, int height, ReadOnlySpan<byte> firstAccessUnit)
    {
        AvStreamView stream = _output.NewStream();
        _videoStream = stream.Index;
        stream.TimeBase = new AvRational(1, TicksPerSecond);
        AvParametersView view = new(stream.Parameters);
        view.Type = AvParametersView.TypeVideo;
        view.CodecId = LibAvRuntime.CodecId(codec == VideoCodec.H264 ? "h264" : "hevc");
        // hvc1 (parameter sets in the header) plays on more devices than hev1.
        view.CodecTag = codec == VideoCodec.H264 ? 0 : 'h' | ('v' << 8) | ('c' << 16) | ((uint)'1' << 24);
        view.Width = width;
        view.Height = height;
        view.Format = LibAvRuntime.Yuv420P;
        view.SetExtraData(firstAccessUnit);
    }

    public void AddAudio(AvParametersHandle parameters, int sampleRateHz)
    {
        AvStreamView stream = _output.NewStream();
        _audioStream = stream.Index;
        LibAvStatus.Check(AvCodecNative.ParametersCopy(stream.Parameters, parameters), "Describing the sound");
        stream.TimeBase = new AvRational(1, sampleRateHz);
    }

    public void Start()
    {
        using AvOptions options = new();
        options.Set("movflags", "+faststart");
        LibAvStatus.Check(AvFormatNative.WriteHeader(_output, ref options.Dictionary), $"Starting {_path}");
    }

    /// <summary>Times in 1/90000 s from the start of the file.</summary>
    public void WriteVideo(ReadOnlySpan<byte> accessUnit, long time, long duration, bool isKey) =>
        Write(_videoStream, accessUnit, time, duration, isKey);

    /// <summary>Times in samples from the start of the file.</summary>
    public void WriteAudio(ReadOnlySpan<byte> packet, long time, long duration) => Write(_audioStream, packet, time, duration, isKey: true);

    public void Finish()
    {
        LibAvStatus.Check(AvFormatNative.WriteTrailer(_output), $"Completing {_path}");
        LibAvStatus.Check(_output.CloseFile(), $"Closing {_path}");
    }

    public void Dispose()
    {
        _packet.Dispose();
        _output.Dispose();
    }

    private void Write(int stream, ReadOnlySpan<byte> bytes, long time, long duration, bool isKey)
    {
        _packet.Fill(bytes, time, isKey);
        _packet.Duration = duration;
        _packet.StreamIndex = stream;
        LibAvStatus.Check(AvFormatNative.WritePacket(_output, _packet), $"Writing {_path}");
    }
}
