using Avatar2D.Rtp.Payloads;

namespace Avatar2D.Rtp.Tests.Payloads;

public sealed class TelephoneEventTests
{
    /// <summary>Payload, code, end, volume, duration, key.</summary>
    public static TheoryData<string, byte, bool, byte, ushort, string?> Cases => new()
    {
        { "010A00A0", 1, false, 10, 160, "1" },
        { "0A8A0320", 10, true, 10, 800, "*" },
        { "0BBFFFFF", 11, true, 63, 65535, "#" },
        { "0F000000", 15, false, 0, 0, "D" },
        { "10000000", 16, false, 0, 0, null },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Payload_BothWays_Agrees(string hex, byte code, bool end, byte volume, ushort duration, string? key)
    {
        byte[] payload = Convert.FromHexString(hex);
        Assert.True(TelephoneEvent.TryParse(payload, out TelephoneEvent value));
        Assert.Equal(new TelephoneEvent(code, end, volume, duration), value);
        Assert.Equal(key, value.Digit?.ToString());
        byte[] back = new byte[4];
        Assert.True(value.TryWrite(back));
        Assert.Equal(payload, back);
        Assert.False(TelephoneEvent.TryParse(payload.AsSpan(0, 3), out _));
        Assert.False(value.TryWrite(back.AsSpan(0, 3)));
        if (key is not null)
        {
            Assert.True(TelephoneEvent.TryGetCode(char.ToLowerInvariant(key[0]), out byte found));
            Assert.Equal(code, found);
        }
    }

    [Fact]
    public void TryGetCode_NoKey_IsRefused() => Assert.False(TelephoneEvent.TryGetCode('x', out _));

    [Fact]
    public void Sender_HundredMilliseconds_SendsGrowingDurationsAndThreeEnds()
    {
        TelephoneEventSender sender = new();
        Assert.True(sender.TryBegin(5, 800, 16_000));
        Assert.False(sender.TryBegin(6, 800, 17_000));
        Assert.Equal(16_000u, sender.Timestamp);
        byte[] payload = new byte[4];
        List<string> sent = [];
        while (sender.TryGetNext(160, payload, out bool marker))
            sent.Add(Convert.ToHexString(payload) + (marker ? "M" : ""));
        Assert.Equal(["050A00A0M", "050A0140", "050A01E0", "050A0280", "058A0320", "058A0320", "058A0320"], sent);
        Assert.False(sender.IsActive);
        Assert.True(sender.TryBegin(6, 800, 17_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0,1,2,3")]
    [InlineData("4,5")]
    [InlineData("0,1,2,3,4,5")]
    public void Receiver_SomePacketsLost_HearsTheKeyOnce(string lost)
    {
        HashSet<int> missing = [.. lost.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        TelephoneEventSender sender = new();
        TelephoneEventReceiver receiver = new();
        byte[] payload = new byte[4];
        int downs = 0;
        int ups = 0;
        for (uint key = 0; key < 2; key++)
        {
            sender.TryBegin(5, 800, 16_000 + (key * 8000)); // the same key twice is two events
            for (int i = 0; sender.TryGetNext(160, payload, out _); i++)
            {
                if (missing.Contains(i))
                    continue;
                for (int copies = 0; copies < 2; copies++)
                {
                    TelephoneEventChange change = receiver.OnPacket(payload, sender.Timestamp, out TelephoneEvent value);
                    if (change != TelephoneEventChange.None)
                        Assert.Equal('5', value.Digit);
                    downs += change is TelephoneEventChange.Started or TelephoneEventChange.StartedAndEnded ? 1 : 0;
                    ups += change is TelephoneEventChange.Ended or TelephoneEventChange.StartedAndEnded ? 1 : 0;
                }
            }
        }

        Assert.Equal((2, 2), (downs, ups));
    }

    [Fact]
    public void Receiver_StragglerOfAnEarlierEvent_IsSilent()
    {
        TelephoneEventReceiver receiver = new();
        Assert.Equal(TelephoneEventChange.Started, receiver.OnPacket([1, 10, 0, 160], 1000, out _));
        Assert.Equal(TelephoneEventChange.Started, receiver.OnPacket([2, 10, 0, 160], 9000, out _));
        Assert.Equal(TelephoneEventChange.None, receiver.OnPacket([1, 0x8A, 3, 32], 1000, out _));
        Assert.Equal(TelephoneEventChange.None, receiver.OnPacket([1], 10_000, out _));
    }

    [Fact]
    public void Receiver_KeyHeldBeyondASegment_IsOneKey()
    {
        TelephoneEventReceiver receiver = new();
        Assert.Equal(TelephoneEventChange.Started, receiver.OnPacket([1, 10, 0, 160], 1000, out _));
        Assert.Equal(TelephoneEventChange.None, receiver.OnPacket([1, 10, 0xFF, 0xFF], 1000, out _));
        Assert.Equal(TelephoneEventChange.None, receiver.OnPacket([1, 10, 0, 160], 1000 + 65_535, out _));
        Assert.Equal(TelephoneEventChange.Ended, receiver.OnPacket([1, 0x8A, 3, 32], 1000 + 65_535, out _));
    }

    [Theory]
    [InlineData("", false, 0)]
    [InlineData("00", true, 0)]
    [InlineData("7F", true, -127)]
    [InlineData("C6AABB", true, -70)]
    public void ComfortNoise_BothWays_Agrees(string hex, bool valid, int level)
    {
        Assert.Equal(valid, ComfortNoise.TryParse(Convert.FromHexString(hex), out ComfortNoise noise));
        Assert.Equal(level, noise.LevelDbov);
        byte[] back = new byte[1];
        Assert.True(noise.TryWrite(back));
        Assert.Equal(-level, back[0]);
        Assert.False(noise.TryWrite(default));
        Assert.False(new ComfortNoise(-128).TryWrite(back));
    }

    [Fact]
    public void SenderAndReceiver_Warm_AllocateNothing()
    {
        TelephoneEventSender sender = new();
        TelephoneEventReceiver receiver = new();
        byte[] payload = new byte[4];
        Assert.Equal(0, AllocationMeter.LeastBytes(() =>
        {
            sender.TryBegin(5, 800, sender.Timestamp + 8000);
            while (sender.TryGetNext(160, payload, out _))
                receiver.OnPacket(payload, sender.Timestamp, out _);
        }));
    }
}
