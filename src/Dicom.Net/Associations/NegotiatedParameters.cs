using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>
/// What an A-ASSOCIATE-RQ and the A-ASSOCIATE-AC that answers it agree on (PS3.8 §7.1.1).
/// </summary>
internal sealed class NegotiatedParameters
{
    private readonly NegotiatedContext?[] _contexts;

    private NegotiatedParameters(NegotiatedContext?[] contexts, uint ownMaximumLength, uint peerMaximumLength)
    {
        _contexts = contexts;
        OwnMaximumLength = ownMaximumLength;
        PeerMaximumLength = peerMaximumLength;
    }

    /// <summary>The largest PDV list that this side announced it takes, in bytes; 0 = no limit (PS3.8 §D.1).</summary>
    public uint OwnMaximumLength { get; }

    /// <summary>The largest PDV list that the peer takes, in bytes; 0 = no limit. Absent from its PDU, it is no limit either.</summary>
    public uint PeerMaximumLength { get; }

    /// <summary>Joins request and answer. A context that the answer lacks counts as rejected; one that was never proposed is ignored.</summary>
    /// <exception cref="PduException">The answer accepts a transfer syntax that was not proposed.</exception>
    public static NegotiatedParameters Of(AAssociateRq request, AAssociateAc answer, UpperLayer.AssociationRole role)
    {
        var contexts = new NegotiatedContext?[IndexOf(HighestId(answer.PresentationContexts)) + 1];
        foreach (var accepted in answer.PresentationContexts)
        {
            if (accepted.Result == PresentationContextResult.Acceptance && Match(request, accepted) is { } context)
            {
                contexts[IndexOf(context.Id)] = context;
            }
        }

        var ofRequestor = request.UserInformation.MaximumLength ?? 0;
        var ofAcceptor = answer.UserInformation.MaximumLength ?? 0;
        return role == UpperLayer.AssociationRole.Requestor
            ? new(contexts, ofRequestor, ofAcceptor)
            : new(contexts, ofAcceptor, ofRequestor);
    }

    /// <summary>The accepted context with an id; null when that id was rejected, or never proposed.</summary>
    public NegotiatedContext? Find(byte id) =>
        IndexOf(id) < _contexts.Length && _contexts[IndexOf(id)] is { } context && context.Id == id ? context : null;

    // Ids are odd, 1 to 255 (PS3.8 §9.3.2.2): 128 of them.
    private static int IndexOf(byte id) => id >> 1;

    private static byte HighestId(IReadOnlyList<PresentationContextAc> answers)
    {
        byte highest = 0;
        for (var i = 0; i < answers.Count; i++)
        {
            highest = Math.Max(highest, answers[i].Id);
        }

        return highest;
    }

    private static NegotiatedContext? Match(AAssociateRq request, PresentationContextAc accepted)
    {
        var proposed = request.FindContext(accepted.Id);
        if (proposed is null)
        {
            return null;
        }

        if (accepted.TransferSyntax is not { } syntax || !proposed.TransferSyntaxes.Contains(syntax))
        {
            throw new PduException(
                AbortReason.InvalidParameterValue,
                $"Presentation context {accepted.Id} was accepted with a transfer syntax that was not proposed.");
        }

        return new(accepted.Id, proposed.AbstractSyntax, syntax);
    }
}
