using System.Text;
using Avatar2D.Sip.Messages;
using Avatar2D.Sip.Parsing;

namespace Avatar2D.Sip.Tests.Parsing;

public sealed class SipLimitsTests
{
    private static readonly SipLimits Small = new()
    {
        MaxStartLineBytes = 40,
        MaxHeaderBytes = 100,
        MaxHeaders = 10,
        MaxValues = 4,
        MaxHeadBytes = 1000,
        MaxBodyBytes = 10,
    };

    public static TheoryData<string, int, SipRejectReason?, int> Cases => new()
    {
        { "start", 0, null, 0 },
        { "start", 20, SipRejectReason.StartLineTooLong, 414 },
        { "header", 90, null, 0 },
        { "header", 101, SipRejectReason.HeaderTooLong, 513 },
        { "folded", 101, SipRejectReason.HeaderTooLong, 513 },
        { "headers", 3, null, 0 },
        { "headers", 6, SipRejectReason.TooManyHeaders, 513 },
        { "contacts", 4, null, 0 },
        { "contacts", 5, SipRejectReason.BadHeaderValue, 400 },
        { "head", 1000, SipRejectReason.HeadTooLarge, 513 },
        { "body", 10, null, 0 },
        { "body", 11, SipRejectReason.BodyTooLarge, 413 },
        { "declared", 11, SipRejectReason.BodyTooLarge, 413 },
        { "parameters", SipParameters.MaxCount + 1, SipRejectReason.BadHeaderValue, 400 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TryParse_SizeAroundTheLimit_IsTakenOrRefused(string part, int size, SipRejectReason? reason, int status)
    {
        SipLimits limits = part == "parameters" ? SipLimits.Default : Small;

        bool ok = SipParser.TryParse(Message(part, size), limits, out _, out SipParseError? error);

        Assert.Equal(reason, error?.Reason);
        Assert.Equal(reason is null, ok);
        Assert.Equal(status, error?.StatusCode ?? 0);
    }

    [Theory]
    [InlineData(",")]
    [InlineData("\"")]
    [InlineData("<")]
    [InlineData("\\")]
    [InlineData("(")]
    [InlineData(";")]
    [InlineData("=\"\",")]
    [InlineData("%")]
    [InlineData("\r\n ")]
    [InlineData("a:")]
    public void TryParse_LongRunOfOnePattern_CostsMemoryInProportion(string pattern)
    {
        SipLimits open = new() { MaxHeaderBytes = int.MaxValue, MaxHeadBytes = int.MaxValue };
        byte[] longText = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(pattern, 60_000 / pattern.Length)));
        byte[] start = SipSamples.Options();
        byte[] message = [.. start.AsSpan()[..^2], .. "m: "u8, .. longText, .. "\r\nAuthorization: D "u8, .. longText, .. "\r\n\r\n"u8];
        _ = SipParser.TryParse(message, open, out _, out _);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool ok = SipParser.TryParse(message, open, out SipMessage? parsed, out _);
        _ = parsed?.Authorization;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < 16 * message.Length, $"ok={ok}, {allocated} bytes for {message.Length}");
    }

    [Fact]
    public void TryParse_UsualInvite_StaysLean()
    {
        byte[] invite = SipSamples.Options("Record-Route: <sip:p1.example.org;lr>\r\nContact: <sip:alice@192.0.2.1:5060>\r\n" +
            "Supported: 100rel, timer\r\nAllow: INVITE, ACK, BYE\r\nUser-Agent: x\r\nContent-Type: application/sdp\r\n", new string('v', 300));
        _ = SipParser.TryParse(invite, SipLimits.Default, out _, out _);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(SipParser.TryParse(invite, SipLimits.Default, out _, out _));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // Measured 4.2 KB: strings of the values, typed mandatory headers, the body.
        Assert.True(allocated < 8 * 1024, $"{allocated} bytes");
    }

    private static byte[] Message(string part, int size) => part switch
    {
        "start" => SipSamples.Changed("sip:bob@", $"sip:{new string('b', size)}@").AsSpan().ToArray() is var bytes && size == 0 ? SipSamples.Options() : bytes,
        "header" => SipSamples.Options($"X: {new string('x', size - 3)}\r\n"),
        "folded" => SipSamples.Options($"X: {new string('x', size / 2)}\r\n {new string('x', size / 2)}\r\n"),
        "headers" => SipSamples.Options(string.Concat(Enumerable.Repeat("X: y\r\n", size))),
        "contacts" => SipSamples.Options($"m: {string.Join(',', Enumerable.Repeat("sip:a@b", size - 1))}\r\nm: sip:c@d\r\n"),
        "head" => SipSamples.Options(string.Concat(Enumerable.Repeat("X: y\r\n", size / 6))),
        "body" => SipSamples.Options(body: new string('b', size)),
        "declared" => SipSamples.Options(length: size),
        _ => SipSamples.Options($"m: <sip:a@b>{string.Concat(Enumerable.Repeat(";x", size))}\r\n"),
    };
}
