using Avatar2D.AvatarEngine.Driving.Audio;
using Avatar2D.AvatarEngine.Inference;
using Avatar2D.AvatarEngine.Models;
using Avatar2D.Codecs.Files;
using Avatar2D.Gateway.Avatars;
using Avatar2D.Gateway.Calls.Media;
using Avatar2D.Gateway.Options;
using Avatar2D.Media;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Gateway.Tests.Calls.Media;

/// <summary>The shipped model behind the line: what is said at an instant is seen the line's delay later, whatever the codec.</summary>
public sealed class VoiceLineTests : IDisposable
{
    private const long Frequency = 1_000_000_000;
    private const long Start = 77 * Frequency;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(70);

    private readonly FaceEngine _engine = new(new EngineOptions(), NullLogger.Instance);
    private readonly VoiceLine _line = new(Delay, Frequency);
    private readonly float[] _z;
    private readonly short[] _speech;
    private readonly AudioDriver _driver;

    public VoiceLineTests()
    {
        FaceNetworks networks = _engine.NetworksFor(null)!; // Shipped.
        _z = new float[networks.Model.CodeCount];
        _driver = new AudioDriver(networks, VoiceLine.VoiceHz);
        _line.Attach(_driver);
        _speech = WavFile.Read(InstallationFiles.Find("assets/speech.wav")!).At(VoiceLine.VoiceHz).Samples.ToArray(); // Shipped.
    }

    public void Dispose()
    {
        _line.Close();
        _engine.Dispose();
    }

    [Theory]
    [InlineData(8000, 20)]
    [InlineData(8000, 60)]
    [InlineData(16000, 20)]
    [InlineData(48000, 10)]
    public void TryDrive_AnyRate_SameMouthAsTheDriverAlone(int rateHz, int packetMs)
    {
        short[] voice = Resample(_speech, rateHz, out TimeSpan shift);
        List<float> live = Openings(voice, rateHz, packetMs);
        List<float> alone = Alone(shift - Delay, live.Count);

        Assert.True(Correlation(live, alone) > 0.97, $"correlation {Correlation(live, alone):0.000}");
        for (int lag = 1; lag <= 3; lag++)
        {
            Assert.True(Correlation(live, alone) > Correlation(live[lag..], alone[..^lag]));
            Assert.True(Correlation(live, alone) > Correlation(live[..^lag], alone[lag..]));
        }
    }

    [Fact]
    public void TryDrive_VoiceNotHereYet_SaysSoAndLeavesZ()
    {
        Write(_speech, 16000, 20, 0, 10);
        _z[0] = 42;

        Assert.False(_line.TryDrive(Start + (Frequency / 2), _z, out _));
        Assert.Equal(42, _z[0]);
        Assert.True(_line.TryDrive(Start + (Frequency / 5), _z, out _));
    }

    [Theory]
    [InlineData(70, 18.75)]
    [InlineData(55, 10)]
    [InlineData(40, 10)]
    [InlineData(30, 3.75)]
    [InlineData(20, 0)]
    public void Spare_OfADelay_LeavesWhatTheNetworkMustHear(int delayMs, double spareMs) =>
        Assert.Equal(spareMs, new VoiceLine(TimeSpan.FromMilliseconds(delayMs), Frequency).Spare.TotalMilliseconds, 0.01);

    [Theory]
    [InlineData(40, 0.95)]
    [InlineData(30, 0.9)]
    public void TryDrive_LowDelay_NearlyTheSameMouthInTime(int delayMs, double least)
    {
        var line = new VoiceLine(TimeSpan.FromMilliseconds(delayMs), Frequency);
        line.Attach(new AudioDriver(_engine.NetworksFor(null)!, VoiceLine.VoiceHz, VoiceLine.MostMissing)); // Shipped.
        var toVoice = new PcmResampler(16000, VoiceLine.VoiceHz);
        var openings = new List<float>();
        for (int i = 0; (i + 1) * 320 <= _speech.Length; i++)
        {
            line.Write(_speech.AsSpan(i * 320, 320), toVoice, Start + (i * Frequency / 50));
            // Every second packet time a picture is drawn 10 ms into it, as late as possible for the voice, and its spare before its instant.
            if (i % 2 == 1)
                continue;
            Array.Clear(_z);
            Assert.True(i == 0 || line.TryDrive(Start + (i * Frequency / 50) + (Frequency / 100) + (long)(line.Spare.TotalSeconds * Frequency), _z, out _));
            openings.Add(_z[MotionCode.LipGap]);
        }

        List<float> alone = Alone(TimeSpan.FromMilliseconds(10 - delayMs) + line.Spare, openings.Count);
        line.Close();
        double r = Correlation(openings, alone);
        TestContext.Current.TestOutputHelper?.WriteLine($"{delayMs} ms: r {r:0.000}");
        Assert.True(r > least, $"{r:0.000}");
        Assert.True(r > Correlation(openings[1..], alone[..^1]) && r > Correlation(openings[..^1], alone[1..]));
    }

    [Fact]
    public void TryDrive_BeforeTheFirstSound_SaysSo() => Assert.False(_line.TryDrive(Start, _z, out _));

    [Fact]
    public void Write_PacketTimesLeftOut_FollowsTheClock()
    {
        // A worker that was held up leaves 200 ms out: the sound after them belongs to its new instant.
        Write(_speech, 16000, 20, 0, 100);
        var toVoice = new PcmResampler(16000, VoiceLine.VoiceHz);
        for (int i = 100; i < 200; i++)
            _line.Write(_speech.AsSpan(i * 320, 320), toVoice, Start + ((i + 10) * Frequency / 50));
        long last = Start + (209 * Frequency / 50);

        Assert.True(_line.TryDrive(last, _z, out _));
        Assert.False(_line.TryDrive(last + (Frequency / 10), _z, out _));
    }

    [Fact]
    public void Detach_DriverAtWork_HearsNothingMore()
    {
        Write(_speech, 16000, 20, 0, 50);
        TimeSpan heard = _driver.Written;
        _line.Detach(_driver);
        Write(_speech, 16000, 20, 50, 60);

        Assert.Equal(TimeSpan.FromSeconds(1), heard);
        Assert.Equal(heard, _driver.Written);
        Assert.False(_line.TryDrive(Start + (Frequency / 2), _z, out _));
    }

    [Fact]
    public void Detach_DriverNotHeardYet_LeavesTheOneAtWork()
    {
        Write(_speech, 16000, 20, 0, 50);
        var next = new AudioDriver(_engine.NetworksFor(null)!, VoiceLine.VoiceHz); // Shipped.
        _line.Attach(next);
        _line.Detach(next);
        Write(_speech, 16000, 20, 50, 60);

        Assert.Equal(TimeSpan.Zero, next.Written);
        Assert.Equal(TimeSpan.FromSeconds(1.2), _driver.Written);
    }

    [Fact]
    public void Detach_AnotherHasFollowed_LeavesThat()
    {
        Write(_speech, 16000, 20, 0, 50);
        var next = new AudioDriver(_engine.NetworksFor(null)!, VoiceLine.VoiceHz); // Shipped.
        _line.Attach(next);
        _line.Detach(_driver);
        Write(_speech, 16000, 20, 50, 60);
        Write(_speech, 16000, 20, 60, 70);

        Assert.Equal(TimeSpan.FromSeconds(0.4), next.Written);
    }

    [Fact]
    public void WriteAndTryDrive_SteadyState_AllocateNothing()
    {
        Write(_speech, 16000, 20, 0, 25);
        var toVoice = new PcmResampler(16000, VoiceLine.VoiceHz);
        int packet = 25;

        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            for (int end = packet + 20; packet < end; packet++)
            {
                long due = Start + (packet * Frequency / 50);
                _line.Write(_speech.AsSpan(packet * 320, 320), toVoice, due);
                _line.TryDrive(due, _z, out _);
            }
        }));
    }

    /// <summary>Openings of 25 pictures a second while the voice comes in.</summary>
    private List<float> Openings(short[] voice, int rateHz, int packetMs)
    {
        var toVoice = new PcmResampler(rateHz, VoiceLine.VoiceHz);
        int packet = rateHz * packetMs / 1000;
        var openings = new List<float>();
        for (int i = 0; (i + 1) * packet <= voice.Length; i++)
        {
            long due = Start + (long)i * packetMs * Frequency / 1000;
            _line.Write(voice.AsSpan(i * packet, packet), toVoice, due);
            long end = due + packetMs * (Frequency / 1000);
            for (long picture = Start + openings.Count * (Frequency / 25); picture < end; picture += Frequency / 25)
            {
                Array.Clear(_z);
                _line.TryDrive(picture, _z, out _);
                openings.Add(_z[MotionCode.LipGap]);
            }
        }

        return openings;
    }

    private List<float> Alone(TimeSpan shift, int pictures)
    {
        using var driver = new AudioDriver(_engine.NetworksFor(null)!, VoiceLine.VoiceHz); // Shipped.
        var openings = new List<float>();
        int written = 0;
        for (int n = 0; n < pictures; n++)
        {
            TimeSpan at = TimeSpan.FromMilliseconds(40 * n) + shift;
            while (driver.Written < at + driver.LookAhead + TimeSpan.FromMilliseconds(20) && written < _speech.Length)
            {
                int take = Math.Min(320, _speech.Length - written);
                driver.Write(_speech.AsSpan(written, take));
                written += take;
            }

            Array.Clear(_z);
            driver.TryDrive(at, _z);
            openings.Add(_z[MotionCode.LipGap]);
        }

        return openings;
    }

    private void Write(short[] voice, int rateHz, int packetMs, int from, int to)
    {
        var toVoice = new PcmResampler(rateHz, VoiceLine.VoiceHz);
        int packet = rateHz * packetMs / 1000;
        for (int i = from; i < to; i++)
            _line.Write(voice.AsSpan(i * packet, packet), toVoice, Start + (i * (long)packetMs * Frequency / 1000));
    }

    /// <summary>The speech at another rate, and by how much it is later there.</summary>
    private static short[] Resample(short[] speech, int rateHz, out TimeSpan delay)
    {
        var resampler = new PcmResampler(VoiceLine.VoiceHz, rateHz);
        delay = -resampler.Delay;
        short[] made = new short[resampler.MaxOutputSamples(speech.Length)];
        return made[..resampler.Process(speech, made)];
    }

    private static double Correlation(List<float> a, List<float> b)
    {
        int n = Math.Min(a.Count, b.Count);
        double ma = a.Take(n).Average(), mb = b.Take(n).Average(), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < n; i++)
        {
            ab += (a[i] - ma) * (b[i] - mb);
            aa += (a[i] - ma) * (a[i] - ma);
            bb += (b[i] - mb) * (b[i] - mb);
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
