using System.Collections.Concurrent;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>An SCP made of events alone, and the default answers.</summary>
public sealed class DicomNetEventsTests
{
    [Fact]
    public async Task Events_OfAnAutoAcceptedClient_ReachTheListenerWithTheClientAsSender()
    {
        using var listener = TestScp.AcceptingAll();
        var told = new ConcurrentQueue<(string Name, object? Sender)>();
        listener.AssociateRequestReceived += (sender, _) => told.Enqueue(("AssociateRequestReceived", sender));
        listener.Received += (sender, _) => told.Enqueue(("Received", sender));
        listener.DataReceived += (sender, _) => told.Enqueue(("DataReceived", sender));
        listener.CEchoRequestReceived += (sender, _) => told.Enqueue(("CEchoRequestReceived", sender));
        listener.ReleaseRequestReceived += (sender, _) => told.Enqueue(("ReleaseRequestReceived", sender));
        listener.Closed += (sender, e) => told.Enqueue(("Closed", ReferenceEquals(sender, e.Net) ? sender : null));
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var client = listener.GetClient(0);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        await scu.ReleaseAsync();

        await Eventually.True(() => told.Any(call => call.Name == "Closed"));
        Assert.Equal(
            ["Received", "AssociateRequestReceived", "Received", "DataReceived", "CEchoRequestReceived", "Received", "ReleaseRequestReceived", "Closed"],
            told.Select(call => call.Name));
        Assert.All(told, call => Assert.Same(client, call.Sender));
        Assert.NotSame(listener, client);
    }

    [Fact]
    public async Task Events_OfAClientThatTheApplicationAccepted_AreItsOwn()
    {
        var own = 0;
        var forwarded = 0;
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.Accepting += (_, _) =>
        {
            var client = new DicomNet(null, DicomNetSecurityMode.None);
            client.AssociateRequestReceived += (_, e) =>
            {
                own++;
                e.Accept(DicomUids.Verification);
            };
            listener.Accept(client).ThrowIfFailed();
        };
        listener.AssociateRequestReceived += (_, _) => forwarded++;
        TestScp.Listening(listener);

        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal((1, 0), (own, forwarded));
        Assert.Equal(1, listener.GetClientCount());
    }

    [Fact]
    public async Task AssociateRequest_NobodyAnswers_IsRejectedOneOneOne()
    {
        using var listener = TestScp.Listening(new DicomNet(null, DicomNetSecurityMode.None));
        using var scu = new TestScu();

        var rejected = await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));

        Assert.Equal((1, 1, 1), ((int)rejected.Result, (int)rejected.Source, (int)rejected.Reason));
        Assert.Equal(DicomExceptionCode.Success, (await scu.ClosedAsync()).Error);
    }

    [Fact]
    public async Task CEchoRequest_NobodyAnswers_IsSuccess()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task CStoreRequest_NobodyAnswers_IsSopClassNotSupported()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass, DicomUids.Verification);
        using var instance = TestInstance.Create();

        Assert.Equal(DicomCommandStatusType.SopClassNotSupported, await scu.StoreAsync(instance));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Request_OfAnOperationUnknown_IsUnrecognizedOperation()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var answers = new ConcurrentQueue<DicomDataSet>();
        scu.Net.DataReceived += (_, e) => answers.Enqueue(e.CommandSet);

        scu.Net.SendData(1, RequestOf((CommandField)0x0777), ds: null).ThrowIfFailed(); // PS3.7 §E.1 has no such value.

        await Eventually.True(() => !answers.IsEmpty);
        var answer = answers.First();
        Assert.Equal(0x0211, answer.GetInt32(DicomTag.FromUInt32(0x0000_0900)));
        Assert.Equal(0x8777, answer.GetInt32(DicomTag.FromUInt32(0x0000_0100)));
        Assert.Equal(5, answer.GetInt32(DicomTag.FromUInt32(0x0000_0120)));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task Request_AnsweredByHandInDataReceived_IsAnsweredOnce()
    {
        using var listener = TestScp.AcceptingAll();
        listener.DataReceived += (sender, e) =>
        {
            var response = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
            response.Set(DicomTag.FromUInt32(0x0000_0100), 0x8777L); // The response bit (PS3.7 §E.1).
            response.Set(DicomTag.FromUInt32(0x0000_0120), e.CommandSet.GetInt64(DicomTag.FromUInt32(0x0000_0110)));
            response.Set(DicomTag.FromUInt32(0x0000_0800), 0x0101L);
            response.Set(DicomTag.FromUInt32(0x0000_0900), 0xFF00L);
            ((DicomNet)sender!).SendData(e.PresentationID, response, ds: null).ThrowIfFailed();
            response.Set(DicomTag.FromUInt32(0x0000_0900), 0L);
            ((DicomNet)sender!).SendData(e.PresentationID, response, ds: null).ThrowIfFailed();
        };
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        var statuses = new ConcurrentQueue<int>();
        scu.Net.DataReceived += (_, e) => statuses.Enqueue(e.CommandSet.GetInt32(DicomTag.FromUInt32(0x0000_0900)));

        scu.Net.SendData(1, RequestOf((CommandField)0x0777), ds: null).ThrowIfFailed();
        await scu.ReleaseAsync();

        Assert.Equal([0xFF00, 0], statuses);
    }

    [Theory]
    [InlineData(0x0101, true)]
    [InlineData(0x0001, false)]
    [InlineData(0x0000, false)]
    public async Task SendData_CommandSetThatContradictsTheDataSet_IsRefused(int dataSetType, bool hasDataSet)
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var command = RequestOf(CommandField.CFindRq);
        command.Set(DicomTag.FromUInt32(0x0000_0800), (long)dataSetType);
        using var dataSet = hasDataSet ? TestInstance.Create() : null;

        var result = scu.Net.SendData(1, command, dataSet);

        Assert.Equal(DicomExceptionCode.Parameter, result.Code);
        Assert.Contains("(0000,0800)", result.Message, StringComparison.Ordinal);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    [Fact]
    public async Task SendData_CommandSetThatDoesNotSayWhetherADataSetFollows_IsRefused()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var command = RequestOf(CommandField.CEchoRq);
        command.Remove(DicomTag.FromUInt32(0x0000_0800));

        Assert.Equal(DicomExceptionCode.Parameter, scu.Net.SendData(1, command, ds: null).Code);
    }

    [Fact]
    public async Task ReleaseRequest_NobodyAnswers_IsAgreedTo()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        await scu.ReleaseAsync();

        Assert.False(scu.Net.IsAssociated());
        Assert.False(scu.Net.IsConnected());
    }

    [Fact]
    public async Task Received_Event_HasThePduWithItsHeader()
    {
        var pdus = new ConcurrentQueue<DicomReceivedEventArgs>();
        using var listener = TestScp.AcceptingAll();
        listener.Received += (_, e) => pdus.Enqueue(e);
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);

        await scu.ReleaseAsync();

        Assert.Equal([DicomPduType.AssociateRequest, DicomPduType.ReleaseRequest], pdus.Select(pdu => pdu.Type));
        Assert.Equal([5, 0, 0, 0, 0, 4, 0, 0, 0, 0], pdus.Last().Pdu.ToArray()); // PS3.8 Table 9-24
    }

    [Fact]
    public async Task Sent_Event_TellsEachPduAndEachMessageOnce()
    {
        var sent = new ConcurrentQueue<DicomPduType>();
        using var listener = TestScp.AcceptingAll();
        using var scu = new TestScu();
        scu.Net.Sent += (_, e) => sent.Enqueue(e.Type);
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(TestInstance.SopClass));
        using var instance = TestInstance.Create(pixelBytes: 1 << 20);

        await scu.StoreAsync(instance);
        await scu.ReleaseAsync();

        await Eventually.True(() => sent.Count == 3);
        Assert.Equal([DicomPduType.AssociateRequest, DicomPduType.DataTransfer, DicomPduType.ReleaseRequest], sent);
    }

    [Fact]
    public async Task Handler_AtWork_HoldsUpItsOwnAssociationOnlyAndSeesItEnd()
    {
        using var listener = TestScp.AcceptingAll();
        using var goOn = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource<DicomNet>(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.CStoreRequestReceived += (_, e) =>
        {
            blocked.SetResult(e.Net);
            told.SetResult(goOn.Wait(Timeouts.Default));
        };
        using var slow = await TestScu.AssociatedAsync(listener.HostPort, TestInstance.SopClass);
        using var other = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        using var instance = TestInstance.Create();

        slow.SendStore(instance);
        var client = await blocked.Task.WithTimeout();

        Assert.Equal(DicomCommandStatusType.Success, await other.EchoAsync());
        Assert.True(client.IsAssociated());
        slow.Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown).ThrowIfFailed();
        await Eventually.True(() => !client.IsAssociated());
        Assert.False(told.Task.IsCompleted);
        goOn.Set();
        Assert.True(await told.Task.WithTimeout());
        await Eventually.True(() => listener.GetClientCount() == 1);
    }

    private static DicomDataSet RequestOf(CommandField field)
    {
        var command = new DicomDataSet(DicomUids.ImplicitVRLittleEndian);
        command.SetText(DicomTag.FromUInt32(0x0000_0002), DicomVR.UI, DicomUids.Verification);
        command.Set(DicomTag.FromUInt32(0x0000_0100), (long)field);
        command.Set(DicomTag.FromUInt32(0x0000_0110), 5L);
        command.Set(DicomTag.FromUInt32(0x0000_0700), 0L);
        command.Set(DicomTag.FromUInt32(0x0000_0800), 0x0101L); // no data set
        return command;
    }
}
