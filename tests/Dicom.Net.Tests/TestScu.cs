using System.Threading.Channels;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>A peer that asks: its events are read one after the other, each awaited with a time-out.</summary>
internal sealed class TestScu : IDisposable
{
    private readonly Channel<EventArgs> _events = Channel.CreateUnbounded<EventArgs>();
    private int _lastMessageId;

    public TestScu(DicomNetOptions? options = null)
    {
        Net = new DicomNet(null, options?.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, options ?? new());
        Net.Connected += (_, e) => Keep(e);
        Net.SecureLinkReady += (_, e) => Keep(e);
        Net.AssociateAcceptReceived += (_, e) => Keep(e);
        Net.AssociateRejectReceived += (_, e) => Keep(e);
        Net.CEchoResponseReceived += (_, e) => Keep(e);
        Net.CStoreResponseReceived += (_, e) => Keep(e);
        Net.ReleaseResponseReceived += (_, e) => Keep(e);
        Net.AbortReceived += (_, e) => Keep(e);
        Net.Closed += (_, e) => Keep(e);
    }

    public DicomNet Net { get; }

    /// <summary>Connects to a listener of this machine and proposes the abstract syntaxes, with implicit VR little endian.</summary>
    public static async Task<TestScu> AssociatedAsync(int port, params string[] abstractSyntaxes)
    {
        var scu = new TestScu();
        await scu.AssociateAsync(port, Request(abstractSyntaxes));
        return scu;
    }

    public static DicomAssociate Request(params string[] abstractSyntaxes)
    {
        var request = new DicomAssociate(request: true) { Called = "SCP", Calling = "SCU" };
        foreach (var abstractSyntax in abstractSyntaxes)
        {
            request.Propose(abstractSyntax);
        }

        return request;
    }

    public async Task ConnectAsync(int port, string host = "127.0.0.1", IpType ipType = IpType.IPv4)
    {
        Assert.Equal(DicomNetResult.Success, Net.Connect(null, 0, host, port, ipType));
        Assert.Equal(DicomExceptionCode.Success, (await NextAsync<DicomNetEventArgs>()).Error);
    }

    public async Task<DicomAssociate> AssociateAsync(int port, DicomAssociate request)
    {
        await ConnectAsync(port);
        Assert.Equal(DicomNetResult.Success, Net.SendAssociateRequest(request));
        return (await NextAsync<DicomAssociateAcceptEventArgs>()).Association;
    }

    public async Task<DicomAssociateRejectEventArgs> AssociateInVainAsync(int port, DicomAssociate request)
    {
        await ConnectAsync(port);
        Assert.Equal(DicomNetResult.Success, Net.SendAssociateRequest(request));
        return await NextAsync<DicomAssociateRejectEventArgs>();
    }

    public async Task<DicomCommandStatusType> EchoAsync()
    {
        var context = Net.Association!.FindAbstract(DicomUids.Verification);
        var messageId = Interlocked.Increment(ref _lastMessageId);
        Assert.Equal(DicomNetResult.Success, Net.SendCEchoRequest(context, messageId, DicomUids.Verification));
        var response = await NextAsync<DicomCEchoResponseEventArgs>();
        Assert.Equal((context, messageId), (response.PresentationID, response.MessageID));
        return response.Status;
    }

    public async Task<DicomCommandStatusType> StoreAsync(DicomDataSet instance)
    {
        var messageId = SendStore(instance);
        var response = await NextAsync<DicomCStoreResponseEventArgs>();
        Assert.Equal(messageId, response.MessageID);
        return response.Status;
    }

    /// <summary>Sends a C-STORE-RQ and does not await its answer.</summary>
    public int SendStore(DicomDataSet instance)
    {
        var context = Net.Association!.FindAbstract(TestInstance.SopClass);
        var messageId = Interlocked.Increment(ref _lastMessageId);
        var sent = Net.SendCStoreRequest(
            context, messageId, TestInstance.SopClass, TestInstance.Uid, DicomCommandPriorityType.Medium, null, 0, instance);
        Assert.Equal(DicomNetResult.Success, sent);
        return messageId;
    }

    public async Task ReleaseAsync()
    {
        Assert.Equal(DicomNetResult.Success, Net.SendReleaseRequest());
        await NextAsync<EventArgs>();
        Assert.Equal(DicomExceptionCode.Success, (await NextAsync<DicomNetClosedEventArgs>()).Error);
    }

    /// <summary>The next event, which has to be one of the kind given.</summary>
    public async Task<T> NextAsync<T>()
        where T : EventArgs => Assert.IsType<T>(await _events.Reader.ReadAsync().WithTimeout());

    /// <summary>All that is still told until the connection has ended.</summary>
    public async Task<DicomNetClosedEventArgs> ClosedAsync()
    {
        while (true)
        {
            if (await _events.Reader.ReadAsync().WithTimeout() is DicomNetClosedEventArgs closed)
            {
                return closed;
            }
        }
    }

    /// <summary>True when nothing was told that nobody has asked for.</summary>
    public bool IsQuiet => !_events.Reader.TryPeek(out _);

    public void Dispose() => Net.Dispose();

    private void Keep(EventArgs e) => _events.Writer.TryWrite(e);
}
