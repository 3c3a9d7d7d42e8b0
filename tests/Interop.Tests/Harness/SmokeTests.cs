using Avatar2D.Gateway.Diagnostics;
using Avatar2D.Gateway.Phone;
using Avatar2D.Sip.Messages;
using Microsoft.Extensions.Logging.Abstractions;

namespace Avatar2D.Interop.Tests.Harness;

/// <summary>The gateway of the tests works by itself: our own phone calls it and sees the picture.</summary>
public sealed class SmokeTests
{
    [Fact]
    public async Task Call_OwnPhone_GetsThePicture()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        var options = new TestPhoneOptions { Duration = TimeSpan.FromSeconds(3) };
        CallReport report;
        await using (var phone = new TestPhone(options, TimeProvider.System, NullLoggerFactory.Instance))
        {
            Assert.True(SipUri.TryParse($"sip:avatar@{gateway.Udp}", out SipUri? target));
            report = await phone.CallAsync(target, CancellationToken.None);
        }

        Assert.Equal(200, report.SipStatus);
        Assert.True(report.FramesReceived > 10, gateway.Log.Text);
        CallDetailRecord record = Assert.Single(await gateway.RecordsAsync());
        Assert.Equal("maya", record.Avatar);
        Assert.Equal((320, 320), (record.VideoWidth, record.VideoHeight));
        Assert.Empty(gateway.Log.Errors);
    }
}
