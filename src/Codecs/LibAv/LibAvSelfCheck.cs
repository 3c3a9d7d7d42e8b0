namespace Avatar2D.Codecs.LibAv;

/// <summary>
/// Proves <see cref="LibAvLayout"/> against the loaded libraries: a picture goes through the rawvideo encoder and decoder, samples
/// through the PCM decoder, and a stream is made in a file that is never written. A wrong offset ends here, at start-up.
/// </summary>
internal static unsafe class LibAvSelfCheck
{
    private const int Width = 70;
    private const int Height = 34;

    /// <exception cref="CodecException">Says what did not come back as it was put in.</exception>
    public static void Run()
    {
        int major = NativeLibraries.AvCodecMajor;
        Expect(AvCodecNative.Version() >> 16 == major, "libavcodec states the version of its file name");
        Expect(AvFormatNative.Version() >> 16 == major, "libavformat states the version of its file name");
        Expect(sizeof(nint) == 8, "the process is 64-bit");
        byte[] packed = EncodePicture();
        DecodePicture(packed);
        DecodeSamples();
        MakeStream();
    }

    private static byte[] EncodePicture()
    {
        using AvFrameHandle frame = AvFrameHandle.Allocate();
        Expect(frame.Pts == LibAvRuntime.NoTime && frame.Format == -1, "a new frame has no time and no format");
        frame.Width = Width;
        frame.Height = Height;
        frame.Format = LibAvRuntime.Yuv420P;
        LibAvStatus.Check(AvUtilNative.FrameGetBuffer(frame, 0), "Allocating a picture");
        for (int plane = 0; plane < 3; plane++)
        {
            Expect(frame.Planes[plane] != null && frame.Strides[plane] >= (plane == 0 ? Width : Width / 2), "a picture has three planes");
            for (int row = 0; row < (plane == 0 ? Height : Height / 2); row++)
                new Span<byte>(frame.Planes[plane] + (row * frame.Strides[plane]), plane == 0 ? Width : Width / 2).Fill((byte)(Mark(plane) + row));
        }

        frame.Pts = 4711;
        using AvParametersHandle parameters = RawVideo();
        using AvCodecContextHandle encoder = CodecContext.OpenEncoder("rawvideo", parameters, options => options.Set("time_base", "1/25"));
        using AvPacketHandle packet = AvPacketHandle.Allocate();
        LibAvStatus.Check(AvCodecNative.SendFrame(encoder, frame), "Encoding a picture");
        LibAvStatus.Check(AvCodecNative.ReceivePacket(encoder, packet), "Encoding a picture");
        Expect(packet.Pts == 4711 && packet.IsKey && packet.Size == Width * Height * 3 / 2, "a packet has time, flags and size");
        byte[] bytes = packet.Bytes.ToArray();
        Expect(bytes[0] == Mark(0) && bytes[Width] == Mark(0) + 1 && bytes[Width * Height] == Mark(1), "a packet has the pixels");
        return bytes;
    }

    private static void DecodePicture(byte[] packed)
    {
        using AvParametersHandle parameters = RawVideo();
        using AvCodecContextHandle decoder = CodecContext.OpenDecoder("rawvideo", parameters, static _ => { });
        using AvPacketHandle packet = AvPacketHandle.Allocate();
        using AvFrameHandle frame = AvFrameHandle.Allocate();
        packet.Fill(packed, 4712, isKey: true);
        LibAvStatus.Check(AvCodecNative.SendPacket(decoder, packet), "Decoding a picture");
        LibAvStatus.Check(AvCodecNative.ReceiveFrame(decoder, frame), "Decoding a picture");
        Expect(frame.Width == Width && frame.Height == Height && frame.Format == LibAvRuntime.Yuv420P, "a decoded picture has size and format");
        Expect(frame.Pts == 4712 && frame.BestEffortTimestamp == 4712 && frame.IsKey, "a decoded picture has its time");
        Expect(frame.ColorRange == 1 && frame.ColorSpace == 6, "a decoded picture has its colours");
        Expect(frame.Planes[2][frame.Strides[2]] == Mark(2) + 1, "a decoded picture has the pixels");
    }

    private static void DecodeSamples()
    {
        using AvParametersHandle parameters = AvParametersHandle.Allocate();
        parameters.View.Type = AvParametersView.TypeAudio;
        parameters.View.CodecId = LibAvRuntime.CodecId("pcm_s16le");
        parameters.View.SampleRate = 22_050;
        parameters.View.SetMono();
        using AvCodecContextHandle decoder = CodecContext.OpenDecoder("pcm_s16le", parameters, static _ => { });
        using AvPacketHandle packet = AvPacketHandle.Allocate();
        using AvFrameHandle frame = AvFrameHandle.Allocate();
        packet.Fill(new byte[200], 0, isKey: true);
        LibAvStatus.Check(AvCodecNative.SendPacket(decoder, packet), "Decoding samples");
        LibAvStatus.Check(AvCodecNative.ReceiveFrame(decoder, frame), "Decoding samples");
        Expect(frame.Samples == 100 && frame.SampleRate == 22_050 && frame.Channels == 1, "decoded samples have number, rate and channels");
    }

    private static void MakeStream()
    {
        using AvOutputHandle output = AvOutputHandle.Allocate("mp4", null);
        AvStreamView first = output.NewStream();
        AvStreamView second = output.NewStream();
        Expect(output.StreamCount == 2 && output.Stream(1).Address == second.Address, "a file lists its streams");
        Expect(first.Index == 0 && second.Index == 1, "streams are numbered");
        // start_time and duration follow the time base in every release; a new stream has neither.
        long* times = (long*)(second.Address + LibAvLayout.Current.StreamTimeBase + 8);
        Expect(times[0] == LibAvRuntime.NoTime && times[1] == LibAvRuntime.NoTime, "a new stream has a time base, and no start or duration yet");
        Expect(second.Parameters != IntPtr.Zero && new AvParametersView(second.Parameters).Type == -1, "a new stream has parameters of no type");
    }

    private static AvParametersHandle RawVideo()
    {
        AvParametersHandle parameters = AvParametersHandle.Allocate();
        AvParametersView view = parameters.View;
        view.Type = AvParametersView.TypeVideo;
        view.CodecId = LibAvRuntime.CodecId("rawvideo");
        view.Format = LibAvRuntime.Yuv420P;
        view.Width = Width;
        view.Height = Height;
        view.SetBt601();
        return parameters;
    }

    private static int Mark(int plane) => 20 + (60 * plane);

    private static void Expect(bool holds, string what)
    {
        if (!holds)
            throw new CodecException($"self-check failed, expected that {what} (libavcodec {NativeLibraries.AvCodecMajor}).");
    }
}
