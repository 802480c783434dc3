using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests;

/// <summary>Close, Dispose, CloseForced, SendAbort and Send… from inside every callback: no dead-lock, and OnClose exactly once.</summary>
public sealed class DicomNetReentrancyTests
{
    private static readonly string[] OfTheAcceptor =
    [
        "OnReceive", "OnSend", "OnReceiveAssociateRequest", "OnReceiveData", "OnReceiveCEchoRequest", "OnReceiveReleaseRequest", "OnClose",
    ];

    private static readonly string[] OfTheRequestor =
    [
        "OnConnect", "OnReceive", "OnSend", "OnReceiveAssociateAccept", "OnReceiveData", "OnReceiveCEchoResponse", "OnReceiveReleaseResponse",
        "OnClose",
    ];

    private static readonly Dictionary<string, Action<DicomNet>> Deeds = new()
    {
        ["Close"] = net => net.Close(),
        ["Dispose"] = net => net.Dispose(),
        ["CloseForced"] = net => net.CloseForced(true),
        ["CloseAndCloseForced"] = net =>
        {
            net.Close();
            net.CloseForced(true);
        },
        ["SendAbort"] = net => net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown),
        ["SendCEchoRequest"] = net => net.SendCEchoRequest(1, 77, DicomUids.Verification),
        ["SendReleaseRequest"] = net => net.SendReleaseRequest(),
        ["DisposeOfTheListener"] = net => net.Server?.Dispose(),
        ["Throw"] = _ => throw new InvalidOperationException("The test's."),
    };

    public static TheoryData<string, string> AcceptorCases => Cases(OfTheAcceptor);

    public static TheoryData<string, string> RequestorCases => Cases(OfTheRequestor);

    [Theory]
    [MemberData(nameof(AcceptorCases))]
    public async Task AcceptorsCallback_DoesAnything_EndsWithOneOnClose(string callback, string deed)
    {
        RecordingNet? client = null;
        using var listener = TestScp.InTheOldStyle(made =>
        {
            client = made;
            made.Override(callback, _ => Deeds[deed](made));
        });
        using var scu = Scripted(new RecordingNet());

        await RunToTheEndAsync(scu, listener, () => client?.Count(callback) > 0);

        Assert.Equal(1, client!.Count("OnClose"));
        Assert.Equal(1, listener.Count("OnClose"));
        Assert.Equal(0, listener.GetClientCount());
    }

    [Theory]
    [MemberData(nameof(RequestorCases))]
    public async Task RequestorsCallback_DoesAnything_EndsWithOneOnClose(string callback, string deed)
    {
        using var listener = TestScp.InTheOldStyle(_ => { });
        using var scu = new RecordingNet();
        Scripted(scu).Override(callback, _ => Deeds[deed](scu));

        await RunToTheEndAsync(scu, listener, () => scu.Count(callback) > 0);

        Assert.Equal(1, scu.Count("OnConnect"));
        Assert.Equal(1, listener.Count("OnClose"));
    }

    [Theory]
    [InlineData("OnAccept")]
    [InlineData("OnClose")]
    public async Task ListenersCallback_DisposesOfTheListener_EndsEveryConnection(string callback)
    {
        var listener = TestScp.InTheOldStyle(_ => { });
        listener.Override(callback, _ => listener.Dispose());
        using var scu = Scripted(new RecordingNet());

        scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();
        await listener.CallOf(callback);
        await Eventually.True(() => listener.GetClientCount() == 0 && !scu.IsConnected());

        Assert.Empty(listener.LocalEndPoints);
    }

    [Fact]
    public async Task OnClose_ConnectsAgain_IsConnected()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = Scripted(new RecordingNet());
        var port = listener.HostPort;
        scu.Override("OnClose", _ =>
        {
            if (scu.Count("OnClose") == 1)
            {
                scu.Connect(null, 0, "127.0.0.1", port).ThrowIfFailed();
            }
        });

        scu.Connect(null, 0, "127.0.0.1", port).ThrowIfFailed();
        await Eventually.True(() => scu.Count("OnClose") == 2 || scu.Count("OnReceiveCEchoResponse") == 2);
        scu.Close();

        await Eventually.True(() => scu.Count("OnClose") == 2);
        Assert.Equal(2, scu.Count("OnReceiveAssociateAccept"));
    }

    [Fact]
    public async Task OnAccept_Throws_ClosesThatConnectionAndServesTheNext()
    {
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        var fails = true;
        listener.Accepting += (_, _) =>
        {
            if (fails)
            {
                throw new InvalidOperationException("The test's.");
            }
        };
        listener.AssociateRequestReceived += (_, e) => e.Accept(DicomUids.Verification);
        TestScp.Listening(listener);
        using var scu = new TestScu();
        await scu.ConnectAsync(listener.HostPort);

        await scu.ClosedAsync();

        fails = false;
        await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    private static TheoryData<string, string> Cases(string[] callbacks)
    {
        var cases = new TheoryData<string, string>();
        foreach (var callback in callbacks)
        {
            foreach (var deed in Deeds.Keys)
            {
                cases.Add(callback, deed);
            }
        }

        return cases;
    }

    // Associates, echoes, releases: each step in the callback of the one before.
    private static RecordingNet Scripted(RecordingNet scu)
    {
        scu.Override("OnConnect", _ => scu.SendAssociateRequest(TestScu.Request(DicomUids.Verification)));
        scu.Override("OnReceiveAssociateAccept", _ => scu.SendCEchoRequest(1, 1, DicomUids.Verification));
        scu.Override("OnReceiveCEchoResponse", _ => scu.SendReleaseRequest());
        return scu;
    }

    // Where the deed took the place of the next step, nothing more comes, and the requestor closes.
    private static async Task RunToTheEndAsync(RecordingNet scu, RecordingNet listener, Func<bool> isReached)
    {
        scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();
        await Eventually.True(isReached);
        scu.Close();
        await Eventually.True(() => scu.Count("OnClose") > 0 && listener.Count("OnClose") > 0);
        Assert.Equal(1, scu.Count("OnClose"));
        Assert.False(scu.IsConnected());
        Assert.False(scu.HasOverlapped);
    }
}
