using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>How long a whole message may take, and how long an association may be without any.</summary>
public sealed class DriverIdlenessTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Idle_ForTheLimit_IsReleased()
    {
        await using var driver = InlineDriver.Associated(Idling);
        driver.Time.Advance(Limit - Second);
        driver.ExpectSent();
        driver.Time.Advance(Second);
        driver.ExpectSent("AReleaseRq");
        driver.Deliver(WireBytes.ReleaseRp);
        await driver.Ended.WithTimeout();
        Assert.Equal(AssociationEndKind.IdleTimeout, driver.Handler.End.Kind);
        Assert.Equal(1, driver.Log.Count(2012));
    }

    [Fact]
    public async Task Idle_AsRequestor_IsReleasedToo()
    {
        await using var driver = InlineDriver.RequestorAssociated(Idling);
        driver.Time.Advance(Limit);
        driver.ExpectSent("AReleaseRq");
    }

    [Fact]
    public async Task Idle_WhereThatAborts_IsAborted()
    {
        await using var driver = InlineDriver.Associated(options => Idling(options) with { AbortsIdle = true });
        driver.Time.Advance(Limit);
        driver.ExpectSent("AAbort 2/0");
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.IdleTimeout, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Idle_ReleaseNeverAnswered_IsAborted()
    {
        await using var driver = InlineDriver.Associated(Idling);
        driver.Time.Advance(Limit);
        driver.Time.Advance(60 * Second);
        driver.ExpectSent("AReleaseRq", "AAbort 2/0");
    }

    [Fact]
    public async Task Idle_RequestCrossesTheRelease_IsToldAndNotAcknowledged()
    {
        await using var driver = InlineDriver.Associated(Idling);
        driver.Time.Advance(Limit);
        driver.ExpectSent("AReleaseRq");

        driver.Deliver(WireBytes.StoreRq(1));
        driver.Deliver(WireBytes.StoreData(true, 1, 2));

        // RecordingHandler answers what it is told; Table 9-10 has no place for that in Sta7.
        Assert.Contains("Message", driver.Handler.Names);
        Assert.Equal(SendOutcome.WrongState, driver.Port.Send(1, new byte[10], null));
        driver.ExpectSent();
        driver.Deliver(WireBytes.ReleaseRp);
        await driver.Ended.WithTimeout();
        Assert.Equal(AssociationEndKind.IdleTimeout, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Idle_ReleaseOfThePeersCrosses_EndsInOrder()
    {
        await using var driver = InlineDriver.Associated(Idling);
        driver.Time.Advance(Limit);
        driver.Deliver(WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRq");

        driver.Deliver(WireBytes.ReleaseRp);

        // Collision: the acceptor answers when it has been answered (PS3.8 §7.2.2.7).
        driver.ExpectSent("AReleaseRp");
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.IdleTimeout, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Idle_EachMessageInAndOut_BeginsItAnew()
    {
        await using var driver = InlineDriver.Associated(Idling);
        for (ushort i = 1; i <= 5; i++)
        {
            driver.Time.Advance(Limit - Second);
            driver.Deliver(WireBytes.EchoRq(i));
            driver.ExpectResponse(DicomCommandStatusType.Success);
        }

        driver.Time.Advance(Limit - Second);
        driver.Port.Send(1, new byte[10], null);
        driver.Time.Advance(Limit - Second);
        driver.ExpectSent("PDataTf");
        driver.Time.Advance(Second);
        driver.ExpectSent("AReleaseRq");
    }

    [Fact]
    public async Task Idle_WhileAnOperationIsUnderWay_IsNot()
    {
        var handler = new RecordingHandler { IsBusy = true };
        await using var driver = InlineDriver.Associated(Idling, handler);
        driver.Time.Advance(3 * Limit);
        driver.ExpectSent();
        handler.IsBusy = false;
        driver.Time.Advance(Limit);
        driver.ExpectSent("AReleaseRq");
    }

    [Fact]
    public async Task Idle_WhileThePeerDoesNotRead_IsTheSendLimitsAffair()
    {
        await using var driver = InlineDriver.Associated(options => Idling(options) with { SendTimeout = Timeout.InfiniteTimeSpan });
        driver.Connection.StallsSends = true;
        driver.Port.Send(1, new byte[10], null);
        driver.Time.Advance(3 * Limit);
        Assert.True(driver.Port.IsAssociated);
        driver.Connection.StallsSends = false;
        driver.Connection.CompleteSend();
        driver.Time.Advance(Limit);
        driver.ExpectSent("PDataTf", "AReleaseRq");
    }

    [Fact]
    public async Task Idle_BeforeTheAssociation_IsNotTimed()
    {
        var handler = new RecordingHandler();
        handler.On("AssociateRequest", _ => { });
        await using var driver = new InlineDriver(configure: Idling, handler: handler);
        driver.Deliver(WireBytes.Of(WireBytes.Request()));
        driver.Time.Advance(3 * Limit);
        driver.ExpectSent();
    }

    [Fact]
    public async Task WholeMessage_TricklingInWithinEveryOtherLimit_IsAborted()
    {
        await using var driver = InlineDriver.Associated(Whole);
        driver.Deliver(WireBytes.StoreRq(1));
        for (var i = 0; i < 11; i++)
        {
            driver.Time.Advance(50 * Second);
            driver.Deliver(WireBytes.StoreData(false, 1, 2));
        }

        driver.Time.Advance(49 * Second);
        driver.ExpectSent();
        driver.Time.Advance(Second);
        driver.ExpectSent("AAbort 2/0");
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.MessageTimeout, driver.Handler.End.Kind);
        Assert.Equal(1, driver.Log.Count(2011));
    }

    [Fact]
    public async Task WholeMessage_EachInTime_NeverAddUp()
    {
        await using var driver = InlineDriver.Associated(Whole);
        for (ushort i = 1; i < 10; i++)
        {
            // The last fragment of one and the command of the next arrive in one go.
            driver.Deliver(WireBytes.StoreRq(i));
            driver.Time.Advance(50 * Second);
            driver.Deliver(WireBytes.StoreData(false, 1, 2));
            driver.Time.Advance(50 * Second);
            driver.Deliver(WireBytes.StoreData(true, 3, 4));
            driver.ExpectResponse(DicomCommandStatusType.Success);
        }

        driver.Time.Advance(TimeSpan.FromDays(1));
        Assert.True(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task WholeMessage_OnePduEndsOneAndBeginsTheNext_TheNextHasItsOwnTime()
    {
        await using var driver = InlineDriver.Associated(Whole);
        driver.Deliver(WireBytes.StoreRq(1));
        for (var i = 0; i < 10; i++)
        {
            driver.Time.Advance(50 * Second);
            driver.Deliver(WireBytes.StoreData(false, 1, 2));
        }

        byte[] last = WireBytes.StoreData(true, 3, 4)[6..];
        driver.Deliver(WireBytes.Pdu(4, [.. last, .. WireBytes.StoreRq(2)[6..]]));
        for (var i = 0; i < 5; i++)
        {
            driver.Time.Advance(50 * Second);
            driver.Deliver(WireBytes.StoreData(i == 4, 1, 2));
        }

        driver.ExpectSent("PDataTf", "PDataTf");
        Assert.True(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task WholeMessage_WhileTheApplicationDecides_IsNotTimed()
    {
        var decision = new TaskCompletionSource();
        var handler = new RecordingHandler { WantsDataStarting = true };
        handler.On("DataStarting", _ => new ValueTask(decision.Task));
        await using var driver = InlineDriver.Associated(Whole, handler);
        driver.Deliver(WireBytes.StoreRq(1));
        driver.Time.Advance(3 * Limit);
        driver.ExpectSent();
        decision.SetResult();
        driver.Deliver(WireBytes.StoreData(true, 1, 2));
        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    [Fact]
    public async Task Over_OfAReleasedAssociation_IsToldBeforeTheResponseGoesOut()
    {
        var handler = new RecordingHandler();
        var sentBefore = -1;
        await using var driver = InlineDriver.Associated(handler: handler);
        handler.OnOver = () => sentBefore = driver.Connection.SentPdus.Count(pdu => pdu.Type == PduType.AReleaseRp);
        driver.Deliver(WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRp");
        Assert.Equal(0, sentBefore);
    }

    private static AssociationOptions Idling(AssociationOptions options) => options with { IdleTimeout = Limit };

    private static AssociationOptions Whole(AssociationOptions options) => options with { WholeMessageTimeout = Limit };
}
