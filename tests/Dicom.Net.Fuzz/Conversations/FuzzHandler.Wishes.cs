using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>What the application asks of the library: from inside a call, or from another thread at any time.</summary>
internal sealed partial class FuzzHandler
{
    private ushort _lastId;

    public void AskForAssociation() => Wish("Request", () =>
    {
        var request = new AAssociateRq
        {
            CalledAETitle = "SCP",
            CallingAETitle = "FUZZ",
            PresentationContexts = PeerScript.Contexts,
            UserInformation = new() { MaximumLength = MaximumLength(), ImplementationClassUid = "1.2.9" },
        };
        var outcome = Port.Request(request);
        Request ??= outcome == SendOutcome.Queued ? request : null;
        return outcome;
    });

    /// <summary>Anything, whether or not its time has come.</summary>
    public void WishAnything()
    {
        switch (random.Next(12))
        {
            case 0:
                AskForAssociation();
                break;
            case 1:
                Accept();
                break;
            case 2:
                Wish("Reject", () => Port.Reject(AAssociateRj.CalledAETitleNotRecognized));
                break;
            case 3:
                Wish("RequestRelease", () => Port.RequestRelease());
                break;
            case 4:
                Wish("RespondRelease", () => Port.RespondRelease());
                break;
            case 5:
                Wish("Abort", () => Port.Abort(AAbort.ByUser));
                break;
            case 6:
                Do("Close", Port.Close);
                break;
            case 7:
                Do("CloseForced", Port.CloseForced);
                break;
            case 8:
                AnswerOldest();
                break;
            default:
                AskSomething();
                break;
        }
    }

    /// <summary>A request of ours, also in a context that may not be there.</summary>
    public void AskSomething()
    {
        var id = ++_lastId;
        switch (random.Next(5))
        {
            case 0:
                using (var dataSet = new DicomDataSet())
                {
                    dataSet.Set(DicomTag.PatientName, new string('X', random.Next(3000)));
                    var store = CommandSet.CStoreRq(id, "1.2.840.10008.5.1.4.1.1.2", "1.2.3").Encode();
                    Wish("Send C-STORE", () => Port.Send(3, store, dataSet), mayBeMistaken: true);
                }

                break;
            case 1:
                using (var query = new DicomDataSet())
                {
                    query.Set(DicomTag.PatientName, "A*");
                    var find = CommandSet.CFindRq(id, "1.2.840.10008.5.1.4.1.2.2.1").Encode();
                    Wish("Send C-FIND", () => Port.Send(5, find, query), mayBeMistaken: true);
                }

                break;
            case 2 when !isPolite:
                Wish("Send in no context", () => Port.Send((byte)random.Next(256), CommandSet.CEchoRq(id, DicomUids.Verification).Encode(), null));
                break;
            default:
                Wish("Send C-ECHO", () => Port.Send(1, CommandSet.CEchoRq(id, DicomUids.Verification).Encode(), null));
                break;
        }
    }

    /// <summary>Answers the request that has waited longest.</summary>
    public void AnswerOldest()
    {
        DimseMessage? oldest;
        lock (_open)
        {
            oldest = _open.FirstOrDefault();
        }

        if (oldest is not null)
        {
            Answer(oldest);
        }
    }

    private void Accept()
    {
        var isTaken = Wish("Accept", () => Request is { } request
            ? Port.Accept(AAssociateAc.InAnswerTo(request) with
            {
                PresentationContexts = [.. request.PresentationContexts.Select(Judged)],
                UserInformation = new() { MaximumLength = MaximumLength(), ImplementationClassUid = "1.2.9" },
            })
            : SendOutcome.WrongState, mayBeMistaken: true);
        if (!isTaken)
        {
            // What cannot be accepted is rejected: the peer waits.
            Wish("Reject", () => Port.Reject(AAssociateRj.NoReasonGiven));
        }
    }

    private PresentationContextAc Judged(PresentationContextRq context) => isPolite || !random.OneIn(8)
        ? new(context.Id, PresentationContextResult.Acceptance, context.TransferSyntaxes[random.Next(isPolite ? 1 : context.TransferSyntaxes.Count)])
        : new(context.Id, PresentationContextResult.AbstractSyntaxNotSupported, null);

    private uint MaximumLength() => isPolite ? 16384u : random.Pick([0u, 1024u, 16384u, 131072u]);

    private void Answer(DimseMessage message)
    {
        lock (_open)
        {
            if (!_open.Remove(message))
            {
                // Answered before.
                return;
            }
        }

        using (message)
        {
            Look(message);
            var command = message.Command;
            if (command.CommandField.IsResponse() || command.MessageId is not { } id)
            {
                return;
            }

            for (var pending = command.CommandField == CommandField.CFindRq ? random.Next(3) : 0; pending > 0; pending--)
            {
                SendMatch(message, id);
            }

            var status = message.DataSetFault is null ? DicomCommandStatusType.Success : DicomCommandStatusType.OutOfResources;
            Wish("Send response", () => Port.Send(message.PresentationContextId, CommandSet.ResponseTo(command, status).Encode(), null));
        }
    }

    /// <summary>Reads what was received: it may be malformed.</summary>
    private void Look(DimseMessage message)
    {
        try
        {
            _ = message.DataSet?.Count;
            _ = message.CommandSet.Count;
        }
        catch (DataSetException)
        {
        }
        catch (Exception error)
        {
            Check(holds: false, $"Reading a received data set threw {error}");
        }
    }

    private void SendMatch(DimseMessage request, ushort id)
    {
        using var match = new DicomDataSet();
        match.Set(DicomTag.PatientName, "Doe^John");
        var pending = CommandSet.CFindRsp(id, request.SopClass, DicomCommandStatusType.Pending, hasIdentifier: true).Encode();
        Wish("Send match", () => Port.Send(request.PresentationContextId, pending, match), mayBeMistaken: true);
    }

    private void Do(string what, Action wish) => Wish(what, () =>
    {
        wish();
        return SendOutcome.Queued;
    });

    /// <summary>No wish throws, whatever the state is; unless the application wants sent what nobody may send.</summary>
    /// <returns>False: it was mistaken.</returns>
    private bool Wish(string what, Func<SendOutcome> wish, bool mayBeMistaken = false)
    {
        try
        {
            var outcome = wish();
            fuzzCase.Tell(() => $"  wish: {what}: {outcome}");
            return true;
        }
        catch (Exception mistake) when (mayBeMistaken && mistake is ArgumentException or InvalidOperationException)
        {
            // It took what a damaged request proposed: UIDs that are none, or a transfer syntax that its data set cannot be sent in.
            fuzzCase.Tell(() => $"  wish: {what}: {mistake.Message}");
            return false;
        }
        catch (Exception error)
        {
            Check(holds: false, $"The wish {what} threw {error}");
            return true;
        }
    }
}
