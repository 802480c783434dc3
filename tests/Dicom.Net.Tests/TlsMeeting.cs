using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests;

/// <summary>A listener and a client that try to come to a secure link, and what each is told of it.</summary>
internal sealed class TlsMeeting : IDisposable
{
    private readonly TaskCompletionSource<DicomSecureLinkEventArgs> _toldServer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TlsMeeting(DicomTlsOptions? server = null, DicomTlsOptions? client = null, DicomNetOptions? options = null)
    {
        options ??= new();
        Listener = new(null, DicomNetSecurityMode.Tls, options with { Tls = server ?? TlsPair.ServerOptions });
        Listener.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        Listener.SecureLinkReady += (_, e) => _toldServer.TrySetResult(e);
        TestScp.Listening(Listener);
        Scu = new(options with { Tls = client ?? TlsPair.ClientOptions });
    }

    public DicomNet Listener { get; }

    public TestScu Scu { get; }

    /// <summary>What the server is told.</summary>
    public async Task<DicomSecureLinkEventArgs> ServerAsync() => await _toldServer.Task.WithTimeout();

    /// <summary>Connects, and returns what the client is told.</summary>
    public async Task<DicomExceptionCode> ConnectAsync(string host = "127.0.0.1")
    {
        await Scu.ConnectAsync(Listener.HostPort, host);
        return (await Scu.NextAsync<DicomSecureLinkEventArgs>()).Error;
    }

    /// <summary>Connects, and asks for an association.</summary>
    public async Task AssociateAsync()
    {
        Assert.Equal(DicomExceptionCode.Success, await ConnectAsync());
        Assert.Equal(DicomNetResult.Success, Scu.Net.SendAssociateRequest(TestScu.Request(DicomUids.Verification, TestInstance.SopClass)));
        await Scu.NextAsync<DicomAssociateAcceptEventArgs>();
    }

    /// <summary>Nothing is left of a connection that came to nothing.</summary>
    public async Task AssertForgottenAsync() => await Eventually.True(() => Listener.GetClientCount() == 0);

    public void Dispose()
    {
        Scu.Dispose();
        Listener.Dispose();
    }
}
