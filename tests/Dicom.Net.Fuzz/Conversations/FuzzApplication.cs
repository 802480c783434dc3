using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>
/// A program that uses the events of <see cref="DicomNet"/>: a polite one answers or leaves it to the defaults; the others throw, answer
/// twice or later, and wish for something else meanwhile.
/// </summary>
internal sealed class FuzzApplication
{
    private readonly FuzzRandom _random;
    private readonly FuzzCase _case;
    private readonly bool _isPolite;
    private readonly List<Action> _later = [];
    private int _closed;
    private bool _hasConnected;
    private int _running;

    public FuzzApplication(DicomNet net, FuzzRandom random, FuzzCase fuzzCase, bool isPolite, bool serves = true)
    {
        (Net, _random, _case, _isPolite) = (net, random, fuzzCase, isPolite);
        net.Connected += (_, _) => ToldOfConnection();
        net.AssociateAcceptReceived += (_, _) => Told("AssociateAccept", AskSomething);
        net.CCancelRequestReceived += (_, e) => Told("C-CANCEL-RQ", () => { });
        net.CFindResponseReceived += (_, e) => Told("C-FIND-RSP", () => Look(e.DataSet));
        net.CEchoResponseReceived += (_, e) => Told("C-ECHO-RSP", AskSomething);
        net.AbortReceived += (_, e) => Told("Abort", () => { });
        net.Closed += OnClosed;
        if (serves)
        {
            Serve(net);
        }

        if (random.OneIn(3))
        {
            net.DataReceived += (_, e) => Told("Data", () => { });
        }
    }

    public DicomNet Net { get; }

    /// <summary>What the library did that it must not do. Null: nothing.</summary>
    public string? Fault { get; private set; }

    public bool IsOver => Volatile.Read(ref _closed) > 0;

    /// <summary>Whether the application has been told that the connection stands, and has done what it wants to do then.</summary>
    public bool HasConnected => Volatile.Read(ref _hasConnected);

    /// <summary>Whether the library took the peer for one.</summary>
    public bool WasAsked { get; private set; }

    /// <summary>Answers what was put off. False: there was nothing.</summary>
    public bool AnswerLater()
    {
        Action[] later;
        lock (_later)
        {
            later = [.. _later];
            _later.Clear();
        }

        Array.ForEach(later, answer => answer());
        return later.Length > 0;
    }

    /// <summary>Anything, whether or not its time has come.</summary>
    public void WishAnything()
    {
        switch (_random.Next(10))
        {
            case 0:
                AskForAssociation();
                break;
            case 1:
                Do("SendReleaseRequest", Net.SendReleaseRequest);
                break;
            case 2:
                Do("SendReleaseResponse", Net.SendReleaseResponse);
                break;
            case 3:
                Do("SendAbort", () => Net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown));
                break;
            case 4:
                Do("Close", () => Ended(Net.Close));
                break;
            case 5:
                Do("CloseForced", () => Ended(() => Net.CloseForced(true)));
                break;
            case 6:
                Do("Dispose", () => Ended(Net.Dispose));
                break;
            case 7:
                Do("SendCCancelRequest", () => Net.SendCCancelRequest(5, _random.Next(4)));
                break;
            default:
                AskSomething();
                break;
        }
    }

    public static DicomSupportedServices Services() => new(
        PeerScript.Contexts.Select(context => new DicomSupportedService(context.AbstractSyntax, context.TransferSyntaxes)))
    {
        InvokedOperationsCount = 2,
        PerformedOperationsCount = 2,
    };

    private void Serve(DicomNet net)
    {
        net.AssociateRequestReceived += (_, e) => Told("AssociateRequest", () => Do("Accept", () => e.Accept(Services())));
        net.CEchoRequestReceived += (_, e) => Told("C-ECHO-RQ", () => Answer(e, () => e.Respond(DicomCommandStatusType.Success)));
        net.CStoreRequestReceived += (_, e) => Told("C-STORE-RQ", () => Answer(e, () => e.Respond(DicomCommandStatusType.Success), e.DataSet));
        net.CFindRequestReceived += (_, e) => Told("C-FIND-RQ", () => Answer(e, () => Find(e), e.DataSet));
        net.NActionRequestReceived += (_, e) => Told("N-ACTION-RQ", () => Answer(e, () => e.Respond(DicomCommandStatusType.Success), e.DataSet));
        net.NGetRequestReceived += (_, e) => Told("N-GET-RQ", () => Answer(e, () => e.Respond(DicomCommandStatusType.Success)));
    }

    private static DicomNetResult Ended(Action end)
    {
        end();
        return DicomNetResult.Success;
    }

    private void AskForAssociation() => Do("SendAssociateRequest", () =>
    {
        using var request = new DicomAssociate(request: true) { Called = "SCP", Calling = "FUZZ" };
        foreach (var context in PeerScript.Contexts)
        {
            request.Propose(context.AbstractSyntax, context.TransferSyntaxes);
        }

        return Net.SendAssociateRequest(request);
    });

    private void AskSomething()
    {
        using var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.PatientName, "Doe^John");
        switch (_random.Next(3))
        {
            case 0:
                Do("SendCStoreRequest", () => Net.SendCStoreRequest(
                    3, Net.NextMessageID(), "1.2.840.10008.5.1.4.1.1.2", "1.2.3", DicomCommandPriorityType.Medium, null, 0, dataSet));
                break;
            case 1:
                Do("SendCFindRequest", () => Net.SendCFindRequest(
                    5, _random.Next(5), "1.2.840.10008.5.1.4.1.2.2.1", DicomCommandPriorityType.Medium, dataSet));
                break;
            default:
                Do("SendCEchoRequest", () => Net.SendCEchoRequest(1, Net.NextMessageID(), DicomUids.Verification));
                break;
        }
    }

    private DicomNetResult Find(DicomCFindRequestEventArgs request)
    {
        using var match = new DicomDataSet();
        match.Set(DicomTag.PatientName, "Doe^John");
        Do("Respond pending", () => request.Respond(DicomCommandStatusType.Pending, match));
        return request.Respond(request.Cancelled.IsCancellationRequested ? DicomCommandStatusType.Cancel : DicomCommandStatusType.Success);
    }

    private void Answer(DicomRequestEventArgs request, Func<DicomNetResult> respond, DicomDataSet? received = null)
    {
        Look(received);
        if (_isPolite || !_random.OneIn(4))
        {
            Do("Respond", respond);
            return;
        }

        request.Handled = true;
        lock (_later)
        {
            _later.Add(() => Do("Respond, later", respond));
        }
    }

    private static void Look(DicomDataSet? received)
    {
        try
        {
            _ = received?.Count;
        }
        catch (Exception error) when (error is DataSetException or ObjectDisposedException)
        {
            // Malformed, or gone since it was answered before.
        }
    }

    private void ToldOfConnection()
    {
        try
        {
            Told("Connected", AskForAssociation);
        }
        finally
        {
            Volatile.Write(ref _hasConnected, true);
        }
    }

    private void OnClosed(object? sender, DicomNetClosedEventArgs e)
    {
        Check(Interlocked.Increment(ref _closed) == 1, "The end was told twice.");
        _case.Tell(() => $"  told: Closed, {e.Error}");
    }

    private void Told(string what, Action answer)
    {
        WasAsked = true;
        _case.Tell(() => $"  told: {what}");
        Check(Interlocked.Increment(ref _running) == 1, $"{what} was told while another call was under way.");
        Check(!IsOver, $"{what} was told after the end.");
        try
        {
            if (_isPolite)
            {
                answer();
            }
            else
            {
                Misbehave(answer);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private void Misbehave(Action answer)
    {
        switch (_random.Next(10))
        {
            case 0:
                throw new FuzzHandlerException();
            case 1:
                break;
            case 2:
                answer();
                answer();
                break;
            case 3:
                WishAnything();
                answer();
                break;
            case 4:
                answer();
                throw new FuzzHandlerException();
            default:
                answer();
                break;
        }
    }

    private void Do(string what, Func<DicomNetResult> wish)
    {
        try
        {
            var result = wish();
            _case.Tell(() => $"  wish: {what}: {result}");
        }
        catch (Exception error)
        {
            Check(holds: false, $"The wish {what} threw {error}");
        }
    }

    private void Check(bool holds, string message)
    {
        if (!holds)
        {
            Fault ??= message;
        }
    }
}
