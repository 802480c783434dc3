namespace Dicom.Net.Interop.Tests.Support;

/// <summary>An SCU that comes from an address of this machine of the test's choice, and only asks for an echo.</summary>
internal sealed class LocalScu : IDisposable
{
    private readonly DicomNet _scu;
    private readonly TaskCompletionSource _associated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DicomCommandStatusType> _echoed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LocalScu(DicomTlsOptions? tls)
    {
        _scu = new(null, tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, new() { Tls = tls });
        _scu.Connected += (_, e) => Begin(e.Error, isReady: tls is null);
        _scu.SecureLinkReady += (_, e) => Begin(e.Error, isReady: true);
        _scu.AssociateAcceptReceived += (_, _) => _associated.TrySetResult();
        _scu.AssociateRejectReceived += (_, e) => End($"rejected for {e.Reason}");
        _scu.CEchoResponseReceived += (_, e) => _echoed.TrySetResult(e.Status);
        _scu.Closed += (_, e) => End($"closed: {e.Error}, {_scu.LastError.Message}");
    }

    /// <summary>Opens an association for verification.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static async Task<LocalScu> AssociateAsync(int port, string from = "127.0.0.1", string to = "127.0.0.1", DicomTlsOptions? tls = null)
    {
        var scu = new LocalScu(tls);
        try
        {
            scu._scu.Connect(from, 0, to, port, IpType.IPv4OrIPv6).ThrowIfFailed();
            await scu._associated.Task.WithTimeout();
            return scu;
        }
        catch
        {
            scu.Dispose();
            throw;
        }
    }

    public async Task<DicomCommandStatusType> EchoAsync()
    {
        _scu.SendCEchoRequest(_scu.Association!.FindAbstract(DicomUids.Verification), 1, DicomUids.Verification).ThrowIfFailed();
        return await _echoed.Task.WithTimeout();
    }

    public void Dispose() => _scu.Dispose();

    private void Begin(DicomExceptionCode error, bool isReady)
    {
        if (error != DicomExceptionCode.Success)
        {
            End($"{error}: {_scu.LastError.Message}");
        }
        else if (isReady)
        {
            var request = new DicomAssociate(request: true) { Called = "SCP", Calling = "SCU" };
            request.Propose(DicomUids.Verification);
            _scu.SendAssociateRequest(request);
        }
    }

    private void End(string how)
    {
        _associated.TrySetException(new IOException(how));
        _echoed.TrySetException(new IOException(how));
    }
}
