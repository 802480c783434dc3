using System.Globalization;
using System.Threading.Channels;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A client of ours in this process.</summary>
internal sealed class TlsScu : IDisposable
{
    private readonly Channel<EventArgs> _events = Channel.CreateUnbounded<EventArgs>();

    public TlsScu(DicomTlsOptions tls)
    {
        Net = new(null, DicomNetSecurityMode.Tls, new DicomNetOptions { Tls = tls });
        Net.SecureLinkReady += (_, e) => _events.Writer.TryWrite(e);
        Net.AssociateAcceptReceived += (_, e) => _events.Writer.TryWrite(e);
        Net.CEchoResponseReceived += (_, e) => _events.Writer.TryWrite(e);
        Net.Closed += (_, e) => _events.Writer.TryWrite(e);
    }

    public DicomNet Net { get; }

    /// <summary>Connects, and returns what came of the handshake.</summary>
    public async Task<DicomExceptionCode> ConnectAsync(string port, string host = "127.0.0.1")
    {
        Net.Connect(null, 0, host, int.Parse(port, CultureInfo.InvariantCulture)).ThrowIfFailed();
        return (await NextAsync<DicomSecureLinkEventArgs>()).Error;
    }

    public async Task<DicomCommandStatusType> EchoAsync()
    {
        var request = new DicomAssociate(request: true) { Called = "THEIRS", Calling = "OURS" };
        request.Propose(DicomUids.Verification);
        Net.SendAssociateRequest(request).ThrowIfFailed();
        var accepted = (await NextAsync<DicomAssociateAcceptEventArgs>()).Association;
        Net.SendCEchoRequest(accepted.FindAbstract(DicomUids.Verification), 1, DicomUids.Verification).ThrowIfFailed();
        return (await NextAsync<DicomCEchoResponseEventArgs>()).Status;
    }

    public async Task<DicomExceptionCode> ReleaseAsync()
    {
        Net.SendReleaseRequest().ThrowIfFailed();
        return await ClosedAsync();
    }

    public async Task<DicomExceptionCode> ClosedAsync() => (await NextAsync<DicomNetClosedEventArgs>()).Error;

    public void Dispose() => Net.Dispose();

    private async Task<T> NextAsync<T>()
        where T : EventArgs => Assert.IsType<T>(await _events.Reader.ReadAsync().AsTask().WithTimeout());
}
