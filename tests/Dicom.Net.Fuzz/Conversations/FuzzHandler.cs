using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>
/// The application of a conversation. A polite one answers each question once and at once; the others answer wrongly, twice, late, never,
/// throw, or ask for something else.
/// </summary>
internal sealed partial class FuzzHandler(AssociationRole role, FuzzRandom random, FuzzCase fuzzCase, bool isPolite) : IAssociationHandler
{
    private readonly HashSet<string> _once = [];
    private readonly List<DimseMessage> _open = [];
    private readonly List<TaskCompletionSource> _late = [];
    private int _running;
    private int _closed;

    public bool WantsPdus { get; } = random.OneIn(4);

    public bool WantsSent { get; } = random.OneIn(4);

    public bool WantsDataStarting { get; } = random.OneIn(3);

    public bool IsOverloaded
    {
        get
        {
            lock (_open)
            {
                return _open.Count > 3;
            }
        }
    }

    public IAssociationPort Port { get; private set; } = null!;

    /// <summary>What the library did that it must not do. Null: nothing.</summary>
    public string? Fault { get; private set; }

    public AAssociateRq? Request { get; private set; }

    public AAssociateAc? ReceivedAnswer { get; private set; }

    public AssociationEndKind? End { get; private set; }

    /// <summary>How many requests were told, and are to be answered.</summary>
    public int Questions { get; private set; }

    /// <summary>Whether the application has been asked something, and does not answer for the moment.</summary>
    public bool IsThinking
    {
        get
        {
            lock (_open)
            {
                return _late.Count > 0;
            }
        }
    }

    public void Attach(IAssociationPort port) => Port = port;

    public ValueTask OnConnectedAsync() => Told("Connected", () =>
    {
        if (role == AssociationRole.Requestor)
        {
            AskForAssociation();
        }
    });

    public ValueTask OnPduAsync(PduType type, ReadOnlyMemory<byte> pdu) => Told($"Pdu {type}", () => { }, isOnce: false);

    public ValueTask OnAssociateRequestAsync(AAssociateRq request)
    {
        Request = request;
        return Told("AssociateRequest", Accept);
    }

    public ValueTask OnAssociateAcceptAsync(AAssociateAc accept)
    {
        ReceivedAnswer = accept;
        return Told("AssociateAccept", AskSomething);
    }

    public ValueTask OnAssociateRejectAsync(AAssociateRj reject) => Told("AssociateReject", () => { });

    public async ValueTask<Stream?> OnDataStartingAsync(DimseMessage message)
    {
        Stream? sink = random.OneIn(2) ? null : isPolite || random.OneIn(2) ? new MemoryStream() : Stream.Null;
        await Told("DataStarting", () => { }, isOnce: false);
        return sink;
    }

    public ValueTask OnMessageAsync(DimseMessage message)
    {
        lock (_open)
        {
            _open.Add(message);
        }

        Questions += message.Command.CommandField.IsResponse() || message.Command.MessageId is null ? 0 : 1;
        return Told($"Message {message.Command.CommandField}", () => Answer(message), isOnce: false);
    }

    public void OnCancelArrived(DimseMessage cancel) => fuzzCase.Tell(() => "  a C-CANCEL has arrived");

    public ValueTask OnUnknownPduAsync(byte type) => Told("UnknownPdu", () => { });

    public ValueTask OnReleaseRequestAsync() => Told("ReleaseRequest", () => Wish("RespondRelease", () => Port.RespondRelease()));

    public ValueTask OnReleaseResponseAsync() => Told("ReleaseResponse", () => { });

    public ValueTask OnAbortAsync(AAbort abort) => Told("Abort", () => { });

    public ValueTask OnSentAsync(PduType type, long length) => Told($"Sent {type}", () => { }, isOnce: false);

    public ValueTask OnClosedAsync(AssociationEnd end)
    {
        Check(Interlocked.Increment(ref _closed) == 1, "The end was told twice.");
        Check(end.Kind != AssociationEndKind.Failure, $"It ended with a failure: {end.Error}");
        fuzzCase.Tell(() => $"  told: Closed, {end.Kind}");
        End = end.Kind;
        lock (_open)
        {
            _open.ForEach(message => message.Dispose());
            _open.Clear();
        }

        return default;
    }

    public void Check(bool holds, string message)
    {
        if (!holds)
        {
            Fault ??= message;
        }
    }

    private ValueTask Told(string what, Action answer, bool isOnce = true)
    {
        fuzzCase.Tell(() => $"  told: {what}");
        Check(Interlocked.Increment(ref _running) == 1, $"{what} was told while another call was under way.");
        Check(_closed == 0, $"{what} was told after the end.");
        Check(!isOnce || _once.Add(what), $"{what} was told twice.");
        try
        {
            if (!isPolite)
            {
                var call = Misbehave(answer);
                if (!call.IsCompletedSuccessfully)
                {
                    return EndLater(call);
                }
            }
            else
            {
                answer();
            }
        }
        catch (FuzzHandlerException)
        {
            Interlocked.Decrement(ref _running);
            throw;
        }

        Interlocked.Decrement(ref _running);
        return default;
    }

    private async ValueTask EndLater(ValueTask call)
    {
        try
        {
            await call;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private ValueTask Misbehave(Action answer)
    {
        switch (random.Next(14))
        {
            case 0:
                throw new FuzzHandlerException();
            case 1:
                return default;
            case 2:
                answer();
                answer();
                return default;
            case 3:
                WishAnything();
                answer();
                return default;
            case 4:
                WishAnything();
                return default;
            case 5:
                answer();
                return Late();
            case 6:
                answer();
                return ThrowLate();
            default:
                answer();
                return default;
        }
    }

    private async ValueTask ThrowLate()
    {
        await Late();
        throw new FuzzHandlerException();
    }

    private ValueTask Late()
    {
        var late = new TaskCompletionSource();
        lock (_open)
        {
            _late.Add(late);
        }

        return new(late.Task);
    }

    /// <summary>Calls that took their time come to their end. False: there were none.</summary>
    public bool FinishLate()
    {
        TaskCompletionSource[] late;
        lock (_open)
        {
            late = [.. _late];
            _late.Clear();
        }

        Array.ForEach(late, call => call.SetResult());
        return late.Length > 0;
    }
}
