using System.Runtime.CompilerServices;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Dicom.Net;

/// <summary>
/// A DICOM network object in the shape of LEADTOOLS' <c>LDicomNet</c>: one that listens for connections, one of the connections that
/// a listener accepted, or one that connects to a peer.
/// </summary>
/// <remarks>
/// <para>Everything is asynchronous. A call that returns success has begun; what comes of it arrives in an <c>On…</c> method, whose
/// base raises the event of the same meaning. Nothing here waits for the network.</para>
/// <para>The <c>On…</c> calls of one object come one at a time and in order, on threads of the pool or the library; those of others run in
/// parallel. Any member may be called from inside one, and from any other thread.</para>
/// <para>The callbacks of a connection come to its own object. A class derived from this one that listens and wants them makes its clients
/// of that class too: in <see cref="CreateClient"/>, or by calling Accept in <see cref="OnAccept"/>.</para>
/// <para>A question (a connection, an associate request, a DIMSE request, a release request) is answered exactly once: by an override
/// that does not call its base, which then owes the answer, now or later; by an event handler; or, where nobody answers, by the
/// default, which each member documents.</para>
/// <para>An exception in a callback is logged and answered as well as the protocol allows; it ends neither the process nor another
/// association.</para>
/// </remarks>
public partial class DicomNet : IDisposable
{
    private readonly DicomNetOptions _options;
    private AssociationOptions _associationOptions;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>Makes a network object.</summary>
    /// <param name="path">The folder for received data sets too large for memory; null or empty: the system's temporary folder.</param>
    /// <param name="mode">How connections are secured: not at all, or by TLS.</param>
    /// <exception cref="DicomException">The mode is not supported, or the folder does not exist.</exception>
    public DicomNet(string? path, DicomNetSecurityMode mode)
        : this(path, mode, new DicomNetOptions())
    {
    }

    /// <summary>Makes a network object with options of its own; secured by TLS where they have any, else plain.</summary>
    /// <param name="path">The folder for received data sets too large for memory; null or empty: the system's temporary folder.</param>
    /// <param name="options">Limits, handlers, clock, log, PDU layer, TLS.</param>
    /// <exception cref="DicomException">The folder does not exist.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    [OverloadResolutionPriority(1)] // So that options may be written as new() { … }.
    public DicomNet(string? path, DicomNetOptions options)
        : this(path, options?.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls, options!)
    {
    }

    /// <summary>Makes a network object whose TLS options follow, by <see cref="Initialize"/>.</summary>
    /// <param name="path">The folder for received data sets too large for memory; null or empty: the system's temporary folder.</param>
    /// <param name="mode">How connections are secured: not at all, or by TLS.</param>
    /// <param name="reserved">Without a meaning.</param>
    /// <exception cref="DicomException">The mode is not supported, or the folder does not exist.</exception>
    [OverloadResolutionPriority(-1)] // So that options may be written as new() { … }.
    public DicomNet(string? path, DicomNetSecurityMode mode, bool reserved)
        : this(path, mode, new DicomNetOptions())
        => _ = reserved;

    /// <summary>Makes a network object with options of its own.</summary>
    /// <param name="path">The folder for received data sets too large for memory; null or empty: the system's temporary folder.</param>
    /// <param name="mode">How connections are secured: not at all, or by TLS.</param>
    /// <param name="options">Limits, clock, log, PDU layer, TLS.</param>
    /// <exception cref="DicomException">The mode is not supported or the options do not fit it, or the folder does not exist.</exception>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public DicomNet(string? path, DicomNetSecurityMode mode, DicomNetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RequireSupported(mode, options.Tls);
        _options = options;
        _security = mode;
        _tls = options.Tls;
        _associationOptions = options.ToAssociationOptions(FolderOf(path));
        _log = options.Log;
        _overriding = KnownOverrides.GetOrAdd(GetType(), static (_, net) => net.FindOverrides(), this);
    }

    /// <summary>As its listener is: what was right then is not looked at again, so that a folder that is gone fails a C-STORE, not an accept.</summary>
    private DicomNet(DicomNet listener)
    {
        _options = listener._options;
        _associationOptions = listener._associationOptions;
        _log = listener._log;
        _security = listener._security;
        _overriding = Overrides.None;
        ThrowOnError = listener.ThrowOnError;
    }

    /// <summary>
    /// False, the default: failures are return codes. True: every call that would return one throws a <see cref="DicomException"/>
    /// instead, as LEADTOOLS' .NET class does.
    /// </summary>
    public bool ThrowOnError { get; set; }

    /// <summary>The listener that this connection came from; null for every other object.</summary>
    public DicomNet? Server { get; private set; }

    /// <summary>Sets anew what the constructor was given, before the object is used: its second half, for TLS options of its own.</summary>
    /// <param name="path">The folder for received data sets too large for memory; null or empty: the system's temporary folder.</param>
    /// <param name="mode">How connections are secured: not at all, or by TLS.</param>
    /// <param name="options">The TLS options; null for the default ones, or where the mode is not TLS.</param>
    /// <returns>Success, or what was wrong; then nothing has changed.</returns>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult Initialize(string? path, DicomNetSecurityMode mode, DicomTlsOptions? options)
    {
        options?.Validate();
        try
        {
            RequireSupported(mode, options);
            var association = _options.ToAssociationOptions(FolderOf(path));
            if (Reserve() is { IsSuccess: false } inUse)
            {
                return Return(inUse);
            }

            lock (_gate)
            {
                (_associationOptions, _security, _tls) = (association, mode, options);
                (_ownCertificate, _ownSuites, _currentTls) = (null, null, null);
                _reserved = false;
            }

            return DicomNetResult.Success;
        }
        catch (DicomException error)
        {
            return Return(error.Result);
        }
    }

    /// <summary>Closes what is open: see <see cref="Close"/>. A listener closes its clients too. Safe inside a callback.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>For a derived class with resources of its own.</summary>
    /// <param name="disposing">True: called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        CloseConnection();
        StopListening();
        foreach (var client in SnapshotOfClients())
        {
            client.Dispose();
        }
    }

    private static void RequireSupported(DicomNetSecurityMode mode, DicomTlsOptions? tls)
    {
        var (code, reason) = mode switch
        {
            DicomNetSecurityMode.Tls => (DicomExceptionCode.Success, ""),
            DicomNetSecurityMode.None when tls is null => (DicomExceptionCode.Success, ""),
            DicomNetSecurityMode.None => (
                DicomExceptionCode.Parameter,
                "There are TLS options, but the mode is None: pass DicomNetSecurityMode.Tls, or leave the options out for plain connections."),
            DicomNetSecurityMode.Iscl => (
                DicomExceptionCode.FeatureNotSupported,
                "ISCL is not supported: PS3.15 has retired it (its profile was B.2), and no current system speaks it. Use DicomNetSecurityMode.Tls."),
            _ => (DicomExceptionCode.FeatureNotSupported, $"There is no security mode {mode}."),
        };
        if (code != DicomExceptionCode.Success)
        {
            throw new DicomException(new DicomNetResult(code, reason));
        }
    }

    private static string? FolderOf(string? path) => string.IsNullOrEmpty(path) ? null : RequireFolder(path);

    private static string RequireFolder(string path) => Directory.Exists(path)
        ? Path.GetFullPath(path)
        : throw new DicomException(new DicomNetResult(
            DicomExceptionCode.Parameter, $"The folder for received data sets does not exist: {path}. Create it first, or pass null."));

    /// <summary>The way every failure of a call takes: returned, or thrown where the caller prefers that.</summary>
    private DicomNetResult Return(DicomNetResult result) => ThrowOnError ? result.ThrowIfFailed() : result;

    private DicomNetResult Return(DicomExceptionCode code, string message) => Return(new DicomNetResult(code, message));

    private bool Guard(string callback, Action call) => Guard(callback, call, static call => call());

    /// <summary>Runs code of the application: what it throws is logged, and the answer to the peer is the caller's.</summary>
    /// <param name="callback">Its name, for the log.</param>
    /// <param name="details">What the call needs to know: so one that is made for every message needs no closure.</param>
    /// <param name="call">The call.</param>
    /// <returns>True when it did not throw.</returns>
    private bool Guard<T>(string callback, T details, Action<T> call)
    {
        try
        {
            call(details);
            return true;
        }
        catch (Exception error)
        {
            FacadeLog.CallbackFailed(_log, error, callback);
            return false;
        }
    }
}
