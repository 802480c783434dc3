using Dicom.Net.Pdus;
using Dicom.Net.Tests.Associations;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Endless loops: aborts that answer aborts (DCMTK f9148dd88), connecting for ever (fo-dicom #933), a window of nothing (fo-dicom-samples #89),
/// messages that never get further.
/// </summary>
public sealed class LivelockTests
{
    private static readonly byte[][] AnyPdu =
    [
        WireBytes.Of(WireBytes.Request()), WireBytes.Of(WireBytes.Answer(WireBytes.Request())), WireBytes.Reject(1, 1, 1), WireBytes.EchoRq(1),
        WireBytes.ReleaseRq, WireBytes.ReleaseRp, WireBytes.Pdu(0x47, 1, 2),
    ];

    public static TheoryData<int> Pdus => [.. Enumerable.Range(0, AnyPdu.Length)];

    [Theory]
    [MemberData(nameof(Pdus))]
    public async Task Aborted_PeerGoesOnSending_IsNotAnsweredAgain(int pdu)
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.Pdu(0x47));
        driver.ExpectSent("AAbort 2/1");

        for (var i = 0; i < 1000; i++)
        {
            driver.Deliver(AnyPdu[pdu]);
        }

        Assert.Empty(driver.TakeSent());
    }

    [Theory]
    [MemberData(nameof(Pdus))]
    public async Task Rejected_PeerGoesOnSending_IsClosedByArtim(int pdu)
    {
        var handler = new RecordingHandler();
        handler.On("AssociateRequest", _ => handler.Port.Reject(new(1, 1, 1)));
        await using var driver = new InlineDriver(handler: handler);
        driver.Deliver(WireBytes.Of(WireBytes.Request()));
        driver.ExpectSent("AAssociateRj 1/1/1");

        for (var i = 0; i < 1000; i++)
        {
            driver.Deliver(AnyPdu[pdu]);
        }

        // AA-7 for each request and the first that is no PDU, AA-6 for the others (PS3.8 Table 9-10, Sta13): neither gives it more time.
        Assert.All(driver.TakeSent(), sent => Assert.Equal(PduType.AAbort, sent.Type));
        driver.Time.Advance(TimeSpan.FromSeconds(30));
        await driver.Ended.WithTimeout();
    }

    [Fact]
    public async Task AbortReceived_AfterOurs_IsNotAnswered()
    {
        await using var driver = InlineDriver.Associated();
        driver.Port.Abort(AAbort.ByUser);
        driver.ExpectSent("AAbort 0/0");

        driver.Deliver(WireBytes.Abort(), WireBytes.Abort(2, 1));

        Assert.Empty(driver.TakeSent());
        await driver.Ended.WithTimeout();
    }

    [Fact]
    public async Task DataSet_OfEmptyFragmentsForEver_CostsNothingAndEndsWithItsTime()
    {
        await using var driver = InlineDriver.Associated(options => options with { WholeMessageTimeout = TimeSpan.FromMinutes(10) });
        driver.Deliver(WireBytes.StoreRq(1));
        var empty = WireBytes.PData([.. Enumerable.Repeat(WireBytes.Pdv(WireBytes.StoreContext, WireBytes.Data), 2000)]);
        driver.Deliver(empty);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            driver.Connection.DeliverMemory(empty);
        }

        // Far less than an object for each of the 200,000.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);

        // Always in time for the next fragment, and never done.
        for (var minute = 0; minute < 11; minute++)
        {
            driver.Time.Advance(TimeSpan.FromSeconds(59));
            driver.Connection.DeliverMemory(empty);
        }

        driver.ExpectSent("AAbort 2/0");
    }

    [Fact]
    public async Task CommandSet_OfEmptyFragmentsForEver_EndsWithItsTime()
    {
        await using var driver = InlineDriver.Associated(options => options with { WholeMessageTimeout = TimeSpan.FromMinutes(10) });
        var empty = WireBytes.PData(WireBytes.Pdv(WireBytes.StoreContext, WireBytes.Command));
        for (var minute = 0; minute < 12; minute++)
        {
            driver.Deliver(empty);
            driver.Time.Advance(TimeSpan.FromSeconds(59));
        }

        driver.ExpectSent("AAbort 2/0");
    }

    [Fact]
    public async Task Closed_ByThePeerAtOnce_DoesNotConnectAgainByItself()
    {
        using var listener = new RecordingNet();
        using var scu = new RecordingNet();
        listener.Override("OnAccept", _ =>
        {
            using var client = new DicomNet(null, DicomNetSecurityMode.None);
            listener.Accept(client);
        });
        TestScp.Listening(listener);

        for (var attempt = 1; attempt <= 3; attempt++)
        {
            scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();
            await Eventually.True(() => scu.Count("OnClose") == attempt);

            // It would have come before the next one, which does.
            Assert.Equal(attempt, listener.Count("OnAccept"));
        }
    }

    [Fact]
    public async Task Window_PeerAnswersThatItTakesNoOperation_NeitherSpinsNorWaitsForEver()
    {
        // PS3.7 §D.3.3.3: 0 is unlimited.
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.AssociateRequestReceived += (_, e) =>
        {
            var answer = e.Association.CreateAcceptAll();
            answer.SetAsynchronousOperations(true, 0, 0);
            e.Accept(answer).ThrowIfFailed();
        };
        TestScp.Listening(listener);
        using var scu = new TestScu();
        var request = TestScu.Request(DicomUids.Verification);
        request.SetAsynchronousOperations(true, 0, 0);

        await scu.AssociateAsync(listener.HostPort, request);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();
    }

    [Fact]
    public async Task Requests_ThatAreRefusedForEver_LeaveTheAssociationToThePeer()
    {
        // DICOM-RST #56: what is refused is answered, once each, and nothing is tried again.
        using var listener = TestScp.AcceptingAll();
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);
        for (ushort id = 1; id <= 500; id++)
        {
            await scu.Peer.SendAsync(WireBytes.StoreRq(id), WireBytes.StoreData(true, WireBytes.PixelData(10)));
            var answer = WireBytes.CommandOf(await scu.Peer.ReceiveAsync());
            Assert.Equal(id, answer.MessageIdBeingRespondedTo);
        }

        await scu.Peer.ReleaseAsync();
    }
}
