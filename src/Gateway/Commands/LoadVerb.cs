using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Avatar2D.Gateway.Measuring;
using Avatar2D.Gateway.Options;
using Avatar2D.Gateway.Phone;

namespace Avatar2D.Gateway.Commands;

/// <summary>
/// <c>load</c>: many phones call a gateway, hold their calls, or come and go for a long time with random lengths and random
/// behaviour (a soak), while the gateway's process is watched.
/// </summary>
internal sealed class LoadVerb : IVerb
{
    private const int MaxCalls = 5000;

    /// <summary>After the last call: sockets rest, transactions end (64 T1 = 32 s).</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Command Describe(TextWriter output, TextWriter error)
    {
        var target = new Argument<string>("SIP-URI") { Description = "Whom to call" };
        var voice = Number("--voice", "Calls without picture at one time", "N", "10");
        var pictures = Number("--pictures", "Calls with picture at one time", "N", "0");
        var seconds = new Option<string>("--seconds") { Description = "How long calls are held, or come and go", HelpName = "S", DefaultValueFactory = _ => "60" };
        var rate = Number("--rate", "Calls begun in a second", "N", "20");
        var random = new Option<bool>("--random") { Description = "Calls of random length that hold, refresh, drop the picture, hang up early" };
        var seed = Number("--seed", "Draws them", "K", "1");
        var pid = new Option<string?>("--pid") { Description = "Process of the gateway on this machine, to be watched", HelpName = "PID" };
        Option<string> codec = PhoneOptions.Codec();
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new Command("load", "Many phones at once, held or coming and going: failures, core time, memory, handles.")
        {
            target, voice, pictures, seconds, rate, random, seed, pid, codec, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            int Read(Option<string> option, int least, int most) => PhoneOptions.WholeNumber(option.Name, parsed.GetValue(option)!, least, most); // Have defaults.
            var plan = new LoadPlan(
                PhoneOptions.TargetOf(parsed.GetValue(target)!), // Required.
                Read(voice, 0, MaxCalls),
                Read(pictures, 0, MaxCalls),
                PhoneOptions.SecondsOf(parsed.GetValue(seconds))!.Value, // Has a default.
                Read(rate, 1, 1000),
                parsed.GetValue(random),
                Read(seed, 0, int.MaxValue),
                parsed.GetValue(pid) is { } text ? PhoneOptions.WholeNumber("--pid", text, 1, int.MaxValue) : null,
                PhoneOptions.CodecOf(parsed.GetValue(codec)!)); // Has a default.
            if (plan.Calls == 0)
                throw new UsageException("--voice and --pictures are both 0: there is nothing to do");
            LoadReport report = await RunAsync(plan, error, cancellationToken);
            await ReportWriter.WriteAsync(output, report, parsed.GetValue(json));
            return report.Failed == 0 ? ExitCode.Success : ExitCode.Failed;
        });
        return command;
    }

    private static Option<string> Number(string name, string description, string help, string value) =>
        new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => value };

    private static async Task<LoadReport> RunAsync(LoadPlan plan, TextWriter progress, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        ProcessWatch? watch = Watch(plan.Pid, time);
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddProvider(new ProgressLog(progress)).SetMinimumLevel(LogLevel.Error));
        string speech = InstallationFiles.Find("assets/speech.wav") ?? throw new UsageException("assets/speech.wav is missing: it belongs to the installation");
        IPAddress local = await TestPhone.FacingAddressAsync(plan.Target, cancellationToken);
        await using var farm = new PhoneFarm(new TestPhoneOptions { Codec = plan.Codec, SpeechPath = speech, User = "load" }, local, time, loggers);
        await farm.StartAsync(cancellationToken);
        var tally = new LoadTally();
        var samples = new List<ProcessSample>();
        using var over = new CancellationTokenSource();
        Task watching = WatchAsync(watch, samples, tally, plan, progress, time, over.Token);
        Task[] lines = [.. Enumerable.Range(0, plan.Calls).Select(index => LineAsync(plan, index, farm, tally, time, cancellationToken))];
        await Task.WhenAll(lines);
        if (watch is not null)
            await Task.Delay(Settling, time, cancellationToken);
        await over.CancelAsync();
        await watching;
        return tally.Report(samples);
    }

    private static ProcessWatch? Watch(int? pid, TimeProvider time)
    {
        try
        {
            return pid is { } number ? new ProcessWatch(number, time) : null;
        }
        catch (IOException exception)
        {
            throw new UsageException($"--pid {pid}: {exception.Message}");
        }
    }

    /// <summary>One line of the load: a call that is held, or call after call.</summary>
    private static async Task LineAsync(LoadPlan plan, int index, PhoneFarm farm, LoadTally tally, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        var random = new Random(plan.Seed + index);
        bool hasPicture = index >= plan.Voice;
        await Task.Delay(TimeSpan.FromSeconds(index / (double)plan.Rate), time, cancellationToken);
        TimeSpan left = plan.End - time.GetElapsedTime(start);
        do
        {
            FarmScript script = plan.IsRandom ? FarmScript.Draw(random, hasPicture) : FarmScript.Steady(hasPicture, left);
            tally.Begin();
            try
            {
                tally.End(await farm.CallAsync(plan.Target, script, cancellationToken));
            }
            catch (SocketException exception)
            {
                tally.Fail($"no_port: {exception.Message}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(50, 500)), time, cancellationToken);
            left = plan.End - time.GetElapsedTime(start);
        }
        while (plan.IsRandom && left > TimeSpan.Zero);
    }

    private static async Task WatchAsync(
        ProcessWatch? watch, List<ProcessSample> samples, LoadTally tally, LoadPlan plan, TextWriter progress, TimeProvider time, CancellationToken end)
    {
        using var timer = new PeriodicTimer(SampleEvery, time);
        try
        {
            do
            {
                ProcessSample? sample = watch?.Take();
                if (sample is not null)
                    samples.Add(sample);
                await progress.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {tally.Now} of {plan.Calls} calls up, {tally.Ended} ended, {tally.Failed} failed{(sample is null ? "" : $"; {sample.ResidentMb:0} MB, {sample.Handles} handles, {sample.CpuSeconds:0.0} s of core time")}"));
            }
            while (await timer.WaitForNextTickAsync(end));
        }
        catch (OperationCanceledException)
        {
            if (watch is not null)
                samples.Add(watch.Take());
        }
        catch (IOException)
        {
            tally.Fail("gateway_gone"); // Its process has ended.
        }
    }
}
