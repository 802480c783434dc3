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

    /// <summary>One that instances of a kind can be sent on: see <see cref="Find"/>.</summary>
    /// <exception cref="DicomException">There is none; the message says why.</exception>
    public static byte Of(DicomAssociate accepted, StorageKind kind, Func<byte, bool> mayUse)
    {
        var found = Find(accepted, kind, mayUse);
        if (found != 0)
        {
            return found;
        }

        var first = accepted.FindAbstract(kind.SopClass);
        throw first != 0 && !mayUse(first)
            ? None($"{Name(kind.SopClass)} was accepted, but not with this side as its user: propose that role, too.")
            : NotAccepted(accepted, kind.SopClass, $" in {Name(kind.TransferSyntax)}");
    }

    /// <summary>
    /// One that instances of a kind can be sent on: in their own transfer syntax, else, where they are not compressed, in another one that is
    /// not either (PS3.5 §10.1).
    /// </summary>
    /// <param name="accepted">What was accepted.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="mayUse">Whether this side may send on a context: the role that was agreed on.</param>
    /// <returns>Its id; 0 if there is none.</returns>
    public static byte Find(DicomAssociate accepted, StorageKind kind, Func<byte, bool> mayUse)
    {
        byte other = 0;
        for (var id = accepted.FindAbstract(kind.SopClass); id != 0; id = accepted.FindNextAbstract(id, kind.SopClass))
        {
            if (!mayUse(id))
            {
                continue;
            }

            var taken = accepted.GetTransfer(id, 0);
            if (taken == kind.TransferSyntax)
            {
                return id;
            }

            if (other == 0 && kind.IsNative && DicomTransferSyntax.Of(taken).IsNative)
            {
                other = id;
            }
        }

        return other;
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
