using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>
/// Says no to PDUs that this side may not send in this order (PS3.8 §9.2.3, Table 9-10): a small model of its own, which knows what
/// was sent and what had come at the end, and not the library's machine.
/// </summary>
internal sealed class SentPduCheck(AssociationRole role, PeerStream received)
{
    private bool _isAssociated;
    private bool _isOver;
    private bool _hasAskedForRelease;
    private uint _maximumLength;
    private byte[] _accepted = [];

    /// <summary>The request that was sent, or received.</summary>
    public AAssociateRq? Request { get; init; }

    /// <summary>The answer that was received; null as an acceptor.</summary>
    public AAssociateAc? ReceivedAnswer { get; init; }

    public void Check(ReadOnlySpan<byte> bytes)
    {
        var sent = PeerStream.Of(bytes);
        FuzzFinding.Unless(sent.IsWhole, "What was sent ends within a PDU.");
        for (var i = 0; i < sent.Pdus.Count; i++)
        {
            var (type, body) = sent.Pdus[i];
            FuzzFinding.Unless(Allows(type, body, isFirst: i == 0), $"{type} was sent as PDU {i} of: {string.Join(", ", sent.Pdus.Select(pdu => pdu.Type))}.");
        }

        FuzzFinding.Unless(sent.Messages(out _) is not null, "What was sent in P-DATA-TF is no sequence of messages.");
    }

    private bool Allows(PduType type, byte[] body, bool isFirst)
    {
        if (_isOver && type != PduType.AAbort)
        {
            return false;
        }

        switch (type)
        {
            case PduType.AAssociateRq:
                _isAssociated = ReceivedAnswer is not null;
                Agree(ReceivedAnswer, ReceivedAnswer?.UserInformation.MaximumLength);
                return isFirst && role == AssociationRole.Requestor;
            case PduType.AAssociateAc:
                _isAssociated = true;
                return isFirst && role == AssociationRole.Acceptor && IsLegalAnswer(PduReader.ReadAssociateAc(body, PduLimits.Default));
            case PduType.AAssociateRj:
                _isOver = true;
                return isFirst && role == AssociationRole.Acceptor && received.Pdus is [(PduType.AAssociateRq, _), ..]
                    && body is [_, 1 or 2, >= 1 and <= 3, _];
            case PduType.PDataTf:
                return _isAssociated && !_hasAskedForRelease && IsLegalData(body);
            case PduType.AReleaseRq:
                var isOnlyOne = !_hasAskedForRelease;
                _hasAskedForRelease = true;
                return _isAssociated && isOnlyOne;
            case PduType.AReleaseRp:
                // After it an acceptor, and a requestor in a collision, has only an A-ABORT to send.
                _isOver = true;
                return _isAssociated && received.Has(PduType.AReleaseRq);
            case PduType.AAbort:
                _isOver = true;
                return body.Length == 4 && body[2] is 0 or 2;
            default:
                return false;
        }
    }

    /// <summary>PS3.8 §9.3.3.2: each context of the request is answered, and no other; with a transfer syntax of those proposed.</summary>
    private bool IsLegalAnswer(AAssociateAc answer)
    {
        Agree(answer, Request?.UserInformation.MaximumLength);
        return Request is not null
            && answer.PresentationContexts.Count == Request.PresentationContexts.Count
            && answer.PresentationContexts.All(context => Request.FindContext(context.Id) is { } proposed
                && (context.Result != PresentationContextResult.Acceptance || proposed.TransferSyntaxes.Contains(context.TransferSyntax)))
            && answer.UserInformation.RoleSelections.All(role => Request.UserInformation.RoleSelections.Any(proposed =>
                proposed.SopClassUid == role.SopClassUid && (proposed.ScuRole || !role.ScuRole) && (proposed.ScpRole || !role.ScpRole)))
            && (answer.UserInformation.UserIdentityResponse is null || Request.UserInformation.UserIdentity is { PositiveResponseRequested: true });
    }

    private void Agree(AAssociateAc? answer, uint? maximumLength)
    {
        _maximumLength = maximumLength ?? 0;
        _accepted = answer is null ? [] :
        [
            .. answer.PresentationContexts
                .Where(context => context.Result == PresentationContextResult.Acceptance && Request?.FindContext(context.Id) is not null)
                .Select(context => context.Id),
        ];
    }

    /// <summary>PS3.8 §D.1 and §E.1: as long as the peer takes, in an accepted context, of even length but for a last fragment.</summary>
    private bool IsLegalData(byte[] body)
    {
        var isLegal = _maximumLength == 0 || body.Length <= _maximumLength;
        foreach (var pdv in PduReader.ReadPData(body))
        {
            isLegal &= _accepted.Contains(pdv.ContextId) && (pdv.IsLast || pdv.Fragment.Length % 2 == 0);
        }

        return isLegal;
    }
}
