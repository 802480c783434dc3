using System.Collections.Concurrent;
using System.Globalization;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>A listener of ours in this process, on 127.0.0.1: it accepts everything, and keeps the digests of what is stored.</summary>
internal sealed class TlsScp : IDisposable
{
    private readonly DicomNet _listener;
    private readonly string _folder;

    /// <param name="tls">How; null: plain.</param>
    /// <param name="folder">Where instances go.</param>
    public TlsScp(DicomTlsOptions? tls, string folder)
    {
        _folder = folder;
        _listener = new(null, tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, new DicomNetOptions { Tls = tls });
        _listener.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAcceptAll());
        _listener.SecureLinkReady += (_, e) => Told.Enqueue((e.Error, e.Net.GetLastTlsError(), e.Net.SecureLink));
        _listener.CStoreRequestReceived += (_, e) => Store(e);
        _listener.Listen("127.0.0.1", 0, 16).ThrowIfFailed();
    }

    public string Port => _listener.HostPort.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was told of each secure link.</summary>
    public ConcurrentQueue<(DicomExceptionCode Error, string Words, DicomTlsLink? Link)> Told { get; } = [];

    public async Task<(DicomExceptionCode Error, string Words, DicomTlsLink? Link)> ToldAsync()
    {
        await Timeouts.UntilAsync(() => !Told.IsEmpty, "the listener is told of a secure link");
        return Told.First();
    }

    public Task ForgottenAsync() => Timeouts.UntilAsync(() => _listener.GetClientCount() == 0, "the listener has forgotten its client");

    public void Dispose() => _listener.Dispose();

    private void Store(DicomCStoreRequestEventArgs request)
    {
        request.DataSet!.Save(Path.Combine(_folder, $"{Guid.NewGuid():N}.dcm"), overwrite: true, flushToDisk: false);
        request.Respond(DicomCommandStatusType.Success);
    }
}
