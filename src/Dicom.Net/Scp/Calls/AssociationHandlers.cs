using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;
using Microsoft.Extensions.Logging;

namespace Dicom.Net;

/// <summary>The handlers of one association: made when they are first needed, and disposed of when it has ended and the last has returned.</summary>
internal sealed partial class AssociationHandlers(DicomNet net, PeerExchange exchange, DicomHandlers handlers, DicomNetOptions options)
{
    private readonly HandlerRegistration[] _registrations = handlers.Registrations;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _ended;
    private DicomAssociationContext? _context;
    private Lazy<IDicomServiceHandler>?[]? _made;

    // The association's own, and one for each call under way.
    private int _holds = 1;
    private DicomNetResult _end;
    private EndingHandlers? _ending;

    // Of a peer that asks for more at once than was agreed on.
    private Queue<ServiceCall>? _early;
    private int _running;

    public DicomNet Net => net;

    public DicomNetOptions Options => options;

    public ILogger Log => exchange.Log;

    public string Peer => $"{net.PeerAddress}:{net.PeerPort}";

    public TimeSpan SubOperationTimeLimit => handlers.SubOperationTimeLimit;

    public DicomSupportedServices? Supported => handlers.Supported;

    public HandlerTimeLimit TimeLimit { get; } = new(handlers.TimeLimit, options.TimeProvider);

    /// <summary>Whether any wants to be asked when a data set begins to arrive.</summary>
    public bool WantsDataStarting => Array.Exists(_registrations, static registration => registration.Provides<ICStoreStartHandler>());

    /// <summary>Made when it is asked for: most associations of shared handlers never need one before their first request.</summary>
    public DicomAssociationContext Context => ContextOf(requested: null);

    private CancellationTokenSource Ended => LazyInitializer.EnsureInitialized(ref _ended, static () => new());

    /// <summary>Begins to serve a request.</summary>
    /// <param name="question">The request.</param>
    /// <param name="most">How many the peer may have open at once: more wait, whatever it does, since handlers rely on it.</param>
    /// <returns>False: none of these serves it.</returns>
    public bool TryBegin(DicomRequestEventArgs question, int most)
    {
        if (ServiceCalls.Of(this, question) is not { } call)
        {
            return false;
        }

        question.Handled = true;
        _started = null;
        Interlocked.Increment(ref _holds);
        if (!IsItsTurn(call, most))
        {
            return true;
        }

        if (most > 1 || call.TakesItsTime)
        {
            _ = Task.Run(call.RunAsync);
        }
        else
        {
            // The peer asks for one thing at a time: there is nothing that this could keep waiting, and no hop to pay for.
            _ = call.RunAsync();
        }

        return true;
    }

    /// <summary>A call has been answered: the next may begin.</summary>
    public void EndTurn()
    {
        ServiceCall? next = null;
        lock (_gate)
        {
            if (_early?.TryDequeue(out next) is not true)
            {
                _running--;
            }
        }

        if (next is not null)
        {
            _ = Task.Run(next.RunAsync);
        }
    }

    /// <summary>A call has returned, or the association has ended.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) > 0)
        {
            return;
        }

        if (_context is { } context)
        {
            _ = Task.Run(() => EndAndLeaveAsync(context));
        }
        else
        {
            _ending?.Leave();
        }
    }

    /// <summary>Aborts the association, and no other that the object may have by now.</summary>
    public void AbortByProvider() => exchange.Port?.Abort(AAbort.ByProvider(AbortReason.NotSpecified));

    /// <summary>The connection is over: whoever works for it is told at once.</summary>
    public void CancelAll() => _ = Ended.CancelAsync();

    /// <summary>The connection has ended.</summary>
    /// <param name="end">How.</param>
    /// <param name="ending">Those of the listener that it came from, entered already: to be left at the very end.</param>
    public void End(DicomNetResult end, EndingHandlers? ending)
    {
        (_end, _ending) = (end, ending);
        Closed?.Invoke(end);
        Release();
    }

    public HandlerRegistration? Find<T>(string sopClass)
    {
        foreach (var registration in _registrations)
        {
            if (registration.Serves<T>(sopClass))
            {
                return registration;
            }
        }

        return null;
    }

    /// <summary>The handler itself; one of the association's own is made now, if there is none yet.</summary>
    public T Get<T>(HandlerRegistration registration)
        where T : class => (T)(registration.Shared ?? Made(registration, Array.IndexOf(_registrations, registration)));

    // Outside of the gate, which every callback wants: what makes it is the application's, and may take its time.
    private IDicomServiceHandler Made(HandlerRegistration registration, int index)
    {
        var made = ToBeMade(registration, index, Context);
        try
        {
            return made.Value;
        }
        catch
        {
            // It keeps its failure for ever. The next request has one made anew.
            Interlocked.CompareExchange(ref _made![index], null, made);
            throw;
        }
    }

    private Lazy<IDicomServiceHandler> ToBeMade(HandlerRegistration registration, int index, DicomAssociationContext context)
    {
        lock (_gate)
        {
            _made ??= new Lazy<IDicomServiceHandler>?[_registrations.Length];
            return _made[index] ??= LazyOf(registration, context);
        }
    }

    private static Lazy<IDicomServiceHandler> LazyOf(HandlerRegistration registration, DicomAssociationContext context) =>
        new(() => registration.Create!(context));

    private bool IsItsTurn(ServiceCall call, int most)
    {
        lock (_gate)
        {
            if (_running < most)
            {
                _running++;
                return true;
            }

            (_early ??= []).Enqueue(call);
            return false;
        }
    }

    private DicomAssociationContext ContextOf(DicomAssociate? requested)
    {
        lock (_gate)
        {
            return _context ??= new(net, requested, Ended.Token);
        }
    }

    private async Task EndAndLeaveAsync(DicomAssociationContext context)
    {
        try
        {
            await EndAsync(context).ConfigureAwait(false);
        }
        finally
        {
            _ending?.Leave();
        }
    }

    private async Task EndAsync(DicomAssociationContext context)
    {
        await AbandonAsync().ConfigureAwait(false);
        foreach (var asked in _asked ?? [])
        {
            await TellAsync(() => asked.EndedAsync(context, _end)).ConfigureAwait(false);
        }

        // It works with what is disposed of now.
        await (_late ?? Task.CompletedTask).ConfigureAwait(false);
        for (var i = _registrations.Length - 1; _made is not null && i >= 0; i--)
        {
            if (_registrations[i].IsOwned && _made[i] is { IsValueCreated: true } made)
            {
                await DisposeAsync(made.Value).ConfigureAwait(false);
            }
        }

        foreach (var owned in context.TakeOwned())
        {
            await DisposeAsync(owned).ConfigureAwait(false);
        }
    }

    private async Task DisposeAsync(object? made)
    {
        try
        {
            if (made is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (made as IDisposable)?.Dispose();
            }
        }
        catch (Exception error)
        {
            HandlerLog.DisposeFailed(Log, error, Peer);
        }
    }
}
