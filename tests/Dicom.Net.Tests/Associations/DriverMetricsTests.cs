using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>What the driver measures of time limits, and of what waits.</summary>
public sealed class DriverMetricsTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly TestMeterFactory _meters = new();

    public void Dispose() => _meters.Dispose();

    [Theory]
    [InlineData("artim")]
    [InlineData("receive")]
    [InlineData("message")]
    [InlineData("idle")]
    [InlineData("send")]
    public async Task Timeout_OfEachKind_IsCountedAsThatOne(string kind)
    {
        await using var driver = kind == "artim"
            ? new InlineDriver(instruments: Instruments.Of(_meters))
            : InlineDriver.Associated(
                options => options with { IdleTimeout = Limit, WholeMessageTimeout = Limit }, instruments: Instruments.Of(_meters));

        var end = kind == "artim" ? "" : $"{kind}_timeout";
        Trespass(driver, kind);
        driver.Connection.End();
        await driver.Ended.WithTimeout();

        Assert.Equal((1d, 1d), (_meters.Sum("dicom.timeout"), _meters.Sum("dicom.timeout", $"dicom.timeout.kind={kind}")));
        Assert.Equal(kind == "artim" ? 0 : 1, _meters.Count("dicom.association.duration", $"error.type={end}"));
    }

    [Fact]
    public async Task CallbackWaiting_WhileTheHandlerIsAtWork_IsWhatHasComeMeanwhile()
    {
        var work = new TaskCompletionSource();
        var handler = new RecordingHandler().On("Message", message =>
        {
            ((DimseMessage)message!).Dispose();
            return new ValueTask(work.Task);
        });
        await using var driver = InlineDriver.Associated(handler: handler, instruments: Instruments.Of(_meters));
        Assert.Equal(0, _meters.Now("dicom.callback.waiting"));

        driver.Deliver(WireBytes.EchoRq(1));
        driver.Deliver(WireBytes.EchoRq(2));
        driver.Deliver(WireBytes.EchoRq(3));

        var waiting = _meters.Now("dicom.callback.waiting");
        work.SetResult();

        Assert.Equal(2, waiting); // The first one does not wait any more.
        await Eventually.True(() => _meters.Now("dicom.callback.waiting") == 0);
        await driver.EndAsync();
    }

    [Fact]
    public async Task MessageUnsent_WhileThePeerDoesNotRead_IsWhatWaits()
    {
        await using var driver = InlineDriver.Associated(instruments: Instruments.Of(_meters));
        Assert.Equal(0, _meters.Now("dicom.message.unsent"));
        driver.Connection.StallsSends = true;

        driver.Port.Send(1, new byte[10], null);
        driver.Port.Send(1, new byte[10], null);

        Assert.Equal(1, _meters.Now("dicom.message.unsent")); // The first one is on its way.
        driver.Connection.StallsSends = false;
        driver.Connection.CompleteSend();
        await Eventually.True(() => _meters.Now("dicom.message.unsent") == 0);
        await driver.EndAsync();
    }

    /// <summary>Lets one time limit of the driver expire, and no other.</summary>
    private static void Trespass(InlineDriver driver, string kind)
    {
        switch (kind)
        {
            case "receive":
                driver.Deliver(WireBytes.StoreRq(1));
                driver.Time.Advance(TimeSpan.FromMinutes(1));
                break;
            case "message":
                driver.Deliver(WireBytes.StoreRq(1));
                for (var i = 0; i < 12; i++)
                {
                    driver.Deliver(WireBytes.StoreData(false, 1, 2));
                    driver.Time.Advance(TimeSpan.FromSeconds(50));
                }

                break;
            case "send":
                driver.Connection.StallsSends = true;
                driver.Port.Send(1, new byte[10], null);
                driver.Time.Advance(TimeSpan.FromMinutes(1));
                break;
            case "idle":
                driver.Time.Advance(Limit);
                break;
            default:
                driver.Time.Advance(TimeSpan.FromSeconds(30));
                break;
        }
    }
}
