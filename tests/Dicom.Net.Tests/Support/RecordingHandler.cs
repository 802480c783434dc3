using System.Collections.Concurrent;
using System.Threading.Channels;
using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Support;

/// <summary>
/// Records every call in order, and answers as a willing SCP does unless told otherwise.
/// </summary>
internal sealed class RecordingHandler : IAssociationHandler
{
    private readonly Channel<HandlerCall> _unseen = Channel.CreateUnbounded<HandlerCall>();
    private readonly ConcurrentQueue<HandlerCall> _all = new();
    private readonly ConcurrentDictionary<string, Func<object?, ValueTask>> _scripts = new();
    private int _running;

    public bool WantsPdus { get; set; }

    public bool WantsSent { get; set; }

    public bool WantsDataStarting { get; set; }

    public IAssociationPort Port { get; private set; } = null!;

    /// <summary>The stream for the next data set.</summary>
    public Stream? Sink { get; set; }

    /// <summary>The maximum length that <see cref="WireBytes.Answer"/> announces.</summary>
    public uint MaximumLength { get; set; } = 16384;

    /// <summary>Every call so far.</summary>
    public IReadOnlyCollection<HandlerCall> Calls => _all;

    public IEnumerable<string> Names => _all.Select(call => call.Name);

    /// <summary>Two calls were under way at once.</summary>
    public bool HasOverlapped { get; private set; }

    public AssociationEnd End => (AssociationEnd)Assert.Single(_all, call => call.Name == "Closed").Value!;

    /// <summary>Replaces the answer to one call. A message is then the script's.</summary>
    public RecordingHandler On(string name, Func<object?, ValueTask> script)
    {
        _scripts[name] = script;
        return this;
    }

    /// <summary>Replaces the answer to one call.</summary>
    public RecordingHandler On(string name, Action<object?> script) => On(name, value =>
    {
        script(value);
        return default;
    });

    /// <summary>The next call that has not been asked for; it must have this name.</summary>
    public async Task<HandlerCall> NextAsync(string name)
    {
        var call = await _unseen.Reader.ReadAsync().WithTimeout();
        Assert.Equal(name, call.Name);
        return call;
    }

    /// <summary>What the first call of this name hands over, whatever came before it.</summary>
    public async Task<T> AfterAsync<T>(string name)
    {
        while (true)
        {
            var call = await _unseen.Reader.ReadAsync().WithTimeout();
            if (call.Name == name)
            {
                return Assert.IsType<T>(call.Value);
            }
        }
    }

    /// <summary>Sends the response to a received request.</summary>
    public SendOutcome Respond(DimseMessage request, DicomCommandStatusType status) =>
        Port.Send(request.PresentationContextId, CommandSet.ResponseTo(request.Command, status).Encode(), null);

    public bool IsOverloaded { get; set; }

    public bool IsBusy { get; set; }

    /// <summary>What happens when the association is over.</summary>
    public Action OnOver { get; set; } = () => { };

    public void OnAssociationOver() => OnOver();

    /// <summary>What happens when the connection ends.</summary>
    public Action Ending { get; set; } = () => { };

    public void OnEnding() => Ending();

    public void Attach(IAssociationPort port) => Port = port;

    public ValueTask OnConnectedAsync() => Call("Connected", null, () => { });

    public ValueTask OnPduAsync(PduType type, ReadOnlyMemory<byte> pdu) => Call("Pdu", type, () => { });

    /// <summary>What rules and limits say, where they are asked instead of the application.</summary>
    public Task<AAssociateRj?> Refusal { get; set; } = Task.FromResult<AAssociateRj?>(null);

    public ValueTask<AAssociateRj?> RefusalOfAsync(AAssociateRq request) => new(Refusal);

    public ValueTask OnAssociateRequestAsync(AAssociateRq request) =>
        Call("AssociateRequest", request, () => Port.Accept(WireBytes.Answer(request, MaximumLength)));

    public ValueTask OnAssociateAcceptAsync(AAssociateAc accept) => Call("AssociateAccept", accept, () => { });

    public ValueTask OnAssociateRejectAsync(AAssociateRj reject) => Call("AssociateReject", reject, () => { });

    public async ValueTask<Stream?> OnDataStartingAsync(DimseMessage message)
    {
        await Call("DataStarting", message, () => { });
        return Sink;
    }

    public ValueTask OnMessageAsync(DimseMessage message) => Call("Message", message, () => Answer(message));

    public ValueTask OnReleaseRequestAsync() => Call("ReleaseRequest", null, () => Port.RespondRelease());

    public ValueTask OnReleaseResponseAsync() => Call("ReleaseResponse", null, () => { });

    public ValueTask OnAbortAsync(AAbort abort) => Call("Abort", abort, () => { });

    public ValueTask OnSentAsync(PduType type, long length) => Call("Sent", (type, length), () => { });

    public ValueTask OnClosedAsync(AssociationEnd end) => Call("Closed", end, () => { });

    private void Answer(DimseMessage message)
    {
        if (!message.Command.CommandField.IsResponse())
        {
            Respond(message, message.DataSetFault is null ? DicomCommandStatusType.Success : DicomCommandStatusType.OutOfResources);
        }

        message.Dispose();
    }

    private async ValueTask Call(string name, object? value, Action answer)
    {
        HasOverlapped |= Interlocked.Increment(ref _running) != 1;
        var call = new HandlerCall(name, value);
        _all.Enqueue(call);
        _unseen.Writer.TryWrite(call);
        try
        {
            if (_scripts.TryGetValue(name, out var script))
            {
                await script(value);
            }
            else
            {
                answer();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
