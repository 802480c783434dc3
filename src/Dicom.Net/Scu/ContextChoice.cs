using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>Which of the accepted presentation contexts a request goes out on.</summary>
internal static class ContextChoice
{
    /// <summary>The first one that was accepted for an abstract syntax.</summary>
    /// <exception cref="DicomException">There is none; the message says why.</exception>
    public static byte Of(DicomAssociate accepted, string abstractSyntax)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(abstractSyntax);
        return accepted.FindAbstract(abstractSyntax) is var id and not 0 ? id : throw NotAccepted(accepted, abstractSyntax, "");
    }

    /// <summary>
    /// One that an instance can be sent on: in its own transfer syntax, else, where it is not compressed, in another one that is not either
    /// (PS3.5 §10.1).
    /// </summary>
    /// <param name="accepted">What was accepted.</param>
    /// <param name="sopClass">The SOP class of the instance.</param>
    /// <param name="transferSyntax">The transfer syntax that it is in.</param>
    /// <param name="inAnyRole">Whether the roles that were agreed on do not matter.</param>
    /// <exception cref="DicomException">There is none; the message says why.</exception>
    public static byte Of(DicomAssociate accepted, string sopClass, string transferSyntax, bool inAnyRole)
    {
        var first = accepted.FindAbstract(sopClass);
        if (!inAnyRole && first != 0 && accepted.GetUserRole(first) == DicomRoleSupport.Unsupported)
        {
            throw None($"{Name(sopClass)} was accepted, but not with this side as its user: propose that role, too.");
        }

        var isNative = DicomTransferSyntax.Of(transferSyntax).IsNative;
        byte other = 0;
        for (var id = first; id != 0; id = accepted.FindNextAbstract(id, sopClass))
        {
            var taken = accepted.GetTransfer(id, 0);
            if (taken == transferSyntax)
            {
                return id;
            }

            if (other == 0 && isNative && DicomTransferSyntax.Of(taken).IsNative)
            {
                other = id;
            }
        }

        return other != 0 ? other : throw NotAccepted(accepted, sopClass, $" in {Name(transferSyntax)}");
    }

    private static DicomException NotAccepted(DicomAssociate accepted, string abstractSyntax, string inTransferSyntax)
    {
        var ids = Enumerable.Range(0, accepted.PresentationContextCount).Select(accepted.GetPresentationContextID);
        var results = ids.Where(id => accepted.GetAbstract(id) == abstractSyntax).Select(accepted.GetResult).Distinct().ToArray();
        if (results.Length == 0)
        {
            return None($"{Name(abstractSyntax)} was not proposed: say so in the request, With(sopClass).");
        }

        var why = results.Contains(DicomAssociateAcceptResultType.Success) ? "" : $" ({string.Join(", ", results)})";
        return None($"The peer does not accept {Name(abstractSyntax)}{inTransferSyntax}{why}: propose what both know.");
    }

    private static DicomException None(string why) => new(new DicomNetResult(DicomExceptionCode.PresentationContext, why));

    private static string Name(string uid) => DicomUids.GetName(uid) ?? PeerText.Escape(uid);
}
