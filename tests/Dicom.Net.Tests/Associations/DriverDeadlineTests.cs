using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Tests.Associations;

/// <summary>Points 49 and 62, and every other time limit: each is kept, and each is lifted.</summary>
public sealed class DriverDeadlineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<byte> AllTypes => [1, 2, 3, 4, 5, 6, 7];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(100)]
    public async Task Driver_Point62SilentOrHalfSentRequest_IsClosedByArtim(int count)
    {
        await using var driver = new InlineDriver();
        driver.Deliver(WireBytes.Of(WireBytes.Request())[..count]);
        driver.Time.Advance(29 * Second);
        Assert.False(driver.Connection.IsClosed);
        driver.Time.Advance(Second);
        Assert.True(driver.Connection.IsClosed);
        await driver.Ended.WithTimeout();
        driver.ExpectSent();
        Assert.Equal(AssociationEndKind.ArtimExpired, driver.Handler.End.Kind);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public async Task Driver_Point62HalfSentPdu_IsAbortedByItsDeadline(byte type)
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver([.. WireBytes.Header(type, type is 1 or 2 ? 100u : type == 4 ? 10u : 4u), 1, 2]);
        // More bytes do not buy more time.
        driver.Time.Advance(59 * Second);
        driver.Deliver([3]);
        driver.ExpectSent();
        driver.Time.Advance(Second);
        driver.ExpectSent("AAbort 2/0");
        Assert.True(driver.Connection.HasShutDown);
        Assert.Equal(AAbort.ByProvider(AbortReason.NotSpecified), await driver.Handler.AfterAsync<AAbort>("Abort"));
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.PduTimeout, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_PeerIgnoresTheAbort_IsClosedByArtim()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.Header(9, 1));
        driver.ExpectSent("AAbort 2/1");
        driver.Time.Advance(29 * Second);
        driver.Deliver(new byte[100]);
        Assert.False(driver.Connection.IsClosed);
        driver.Time.Advance(Second);
        Assert.True(driver.Connection.IsClosed);
        await driver.Ended.WithTimeout();
        Assert.Equal(AssociationEndKind.Aborted, driver.Handler.End.Kind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Driver_Point63PeerDoesNotCloseAfterRejectionOrRelease_IsClosedByArtim(bool afterRejection)
    {
        await using var driver = afterRejection ? new InlineDriver() : InlineDriver.Associated();
        driver.Deliver(afterRejection ? WireBytes.Of(WireBytes.Request() with { ProtocolVersion = 2 }) : WireBytes.ReleaseRq);
        driver.Time.Advance(29 * Second);
        Assert.False(driver.Connection.IsClosed);
        driver.Time.Advance(Second);
        Assert.True(driver.Connection.IsClosed);
        await driver.Ended.WithTimeout();
        Assert.Equal(AssociationEndKind.ArtimExpired, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_Point49DataSetThatNeverComes_IsAborted()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1));
        driver.Time.Advance(59 * Second);
        driver.Deliver(WireBytes.StoreData(false, 1, 2));
        driver.Time.Advance(59 * Second);
        driver.ExpectSent();
        driver.Time.Advance(Second);
        driver.ExpectSent("AAbort 2/0");
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.ReceiveTimeout, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_IdleAssociation_HasNoLimit()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.EchoRq(1)[..20]);
        driver.Deliver(WireBytes.EchoRq(1)[20..]);
        driver.Deliver(WireBytes.StoreRq(2));
        driver.Deliver(WireBytes.StoreData(true, 1, 2));
        driver.ExpectSent("PDataTf", "PDataTf");
        driver.Time.Advance(TimeSpan.FromDays(30));
        Assert.True(driver.Port.IsAssociated);
        driver.Deliver(WireBytes.EchoRq(3));
        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    [Fact]
    public async Task Driver_Answered_ArtimIsLifted()
    {
        var handler = new RecordingHandler();
        handler.On("AssociateRequest", _ => { });
        await using var driver = new InlineDriver(handler: handler);
        driver.Deliver(WireBytes.Of(WireBytes.Request()));
        // The application may think as long as it likes.
        driver.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(SendOutcome.Queued, driver.Port.Accept(WireBytes.Answer(WireBytes.Request())));
        driver.ExpectSent("AAssociateAc");
    }

    [Fact]
    public async Task Driver_SlowDecisionAfterAHalfPdu_IsNotThePeersFault()
    {
        var decision = new TaskCompletionSource();
        var handler = new RecordingHandler { WantsDataStarting = true };
        handler.On("DataStarting", _ => new ValueTask(decision.Task));
        await using var driver = InlineDriver.Associated(handler: handler);
        driver.Deliver(WireBytes.StoreRq(1)[..30]);
        driver.Time.Advance(50 * Second);
        driver.Deliver(WireBytes.StoreRq(1)[30..]);
        driver.Deliver(WireBytes.StoreData(true, 1, 2));
        driver.Time.Advance(TimeSpan.FromHours(1));
        driver.ExpectSent();
        decision.SetResult();
        driver.ExpectResponse(DicomCommandStatusType.Success);
        driver.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task Driver_TransferWithoutAPauseLongerThanTheLimit_IsNotAborted()
    {
        // Each write takes a long time, and the next PDU is always there: the pump never waits.
        var sink = new SlowStream();
        await using var driver = InlineDriver.Associated(handler: new() { WantsDataStarting = true, Sink = sink });
        sink.OnWrite = () => driver.Time.Advance(40 * Second);
        driver.Deliver(WireBytes.StoreRq(1));
        var first = WireBytes.StoreData(false, 1, 2);
        driver.Deliver(first[..8]);
        driver.Deliver([first[8..], .. Enumerable.Range(0, 9).Select(i => WireBytes.StoreData(i == 8, 3, 4))]);
        driver.ExpectResponse(DicomCommandStatusType.Success);
        Assert.Equal(10, sink.Writes);
    }

    [Fact]
    public async Task Driver_AssociateRequestUnanswered_IsAborted()
    {
        await using var driver = InlineDriver.Requesting();
        driver.Time.Advance(59 * Second);
        driver.ExpectSent();
        driver.Time.Advance(Second);
        driver.ExpectSent("AAbort 2/0");
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.ReceiveTimeout, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_AssociateRequestAnswered_LimitIsLifted()
    {
        await using var driver = InlineDriver.RequestorAssociated();
        driver.Time.Advance(TimeSpan.FromDays(1));
        driver.ExpectSent();
        Assert.True(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task Driver_ReleaseRequestUnanswered_IsAbortedThoughDataCame()
    {
        await using var driver = InlineDriver.RequestorAssociated();
        driver.Port.RequestRelease();
        driver.Time.Advance(30 * Second);
        driver.Deliver(WireBytes.EchoRsp(1));
        driver.Time.Advance(59 * Second);
        driver.ExpectSent("AReleaseRq");
        driver.Time.Advance(Second);
        driver.ExpectSent("AAbort 2/0");
    }

    [Fact]
    public async Task Driver_Point61CollisionNeverAnswered_IsAborted()
    {
        await using var driver = InlineDriver.RequestorAssociated();
        driver.Port.RequestRelease();
        driver.Deliver(WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRq", "AReleaseRp");
        driver.Time.Advance(60 * Second);
        driver.ExpectSent("AAbort 2/0");
    }

    [Fact]
    public async Task Close_PeerNeverCloses_LingersTwoSeconds()
    {
        await using var driver = InlineDriver.Associated();
        driver.Port.Close();
        driver.ExpectSent("AAbort 0/0");
        driver.Time.Advance(1.9 * Second);
        Assert.False(driver.Connection.IsClosed);
        driver.Time.Advance(0.1 * Second);
        Assert.True(driver.Connection.IsClosed);
        await driver.Ended.WithTimeout();
    }

    [Fact]
    public async Task Close_OfWhatIsOver_LingersTwoSecondsAndIsNotThePeersFault()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRp");
        driver.Port.Close();
        driver.Time.Advance(1.9 * Second);
        Assert.False(driver.Connection.IsClosed);
        driver.Time.Advance(0.1 * Second);
        await driver.Ended.WithTimeout();
        Assert.Equal(AssociationEndKind.Orderly, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_PeerThatNeverReads_IsCutBySendDeadline()
    {
        await using var driver = InlineDriver.Associated();
        driver.Connection.StallsSends = true;
        Assert.Equal(SendOutcome.Queued, driver.Port.Send(1, new byte[10], null));
        driver.Time.Advance(59 * Second);
        Assert.False(driver.Connection.IsAborted);
        driver.Time.Advance(Second);
        Assert.True(driver.Connection.IsAborted);
        await driver.Ended.WithTimeout();
        Assert.Equal(AssociationEndKind.SendTimeout, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_PeerThatReadsAtLast_LiftsTheSendDeadline()
    {
        await using var driver = InlineDriver.Associated();
        driver.Connection.StallsSends = true;
        driver.Port.Send(1, new byte[10], null);
        driver.Time.Advance(59 * Second);
        driver.Connection.StallsSends = false;
        driver.Connection.CompleteSend();
        driver.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task Driver_RequestorWhoHasNotAsked_HalfAPduEndsIt()
    {
        await using var driver = new InlineDriver(AssociationRole.Requestor);
        driver.Deliver([7, 0, 0]);
        driver.Time.Advance(60 * Second);
        await driver.Ended.WithTimeout();
        driver.ExpectSent();
        Assert.Equal(AssociationEndKind.PduTimeout, driver.Handler.End.Kind);
    }

    private sealed class SlowStream : MemoryStream
    {
        public Action OnWrite { get; set; } = () => { };

        public int Writes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Writes++;
            OnWrite();
        }
    }
}
