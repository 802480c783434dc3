namespace Dicom.Net;

/// <summary>What a presentation context is needed for: instances of a SOP class in a transfer syntax, since nothing is transcoded.</summary>
internal readonly record struct InstanceKind(string SopClass, string TransferSyntax)
{
    /// <summary>So many kinds fit into one association: each may need two contexts of 128 (PS3.8 §9.3.2.2).</summary>
    public const int MostInAnAssociation = 64;

    private bool IsNative => DicomTransferSyntax.Of(TransferSyntax).IsNative;

    /// <summary>Proposes what is needed; implicit VR besides, for what can be sent so too, since every peer knows that (PS3.5 §10.1).</summary>
    public void ProposeIn(DicomAssociate request)
    {
        request.Propose(SopClass, TransferSyntax);
        if (IsNative && TransferSyntax != DicomUids.ImplicitVRLittleEndian)
        {
            request.Propose(SopClass, DicomUids.ImplicitVRLittleEndian);
        }
    }

    /// <summary>Finds a context that such instances can be sent in: best as they are.</summary>
    /// <param name="answer">What was agreed on.</param>
    /// <param name="mayUse">Whether this side may use a context.</param>
    /// <returns>The context; 0 if there is none.</returns>
    public byte FindContext(DicomAssociate answer, Func<byte, bool> mayUse)
    {
        byte other = 0;
        for (var id = answer.FindAbstract(SopClass); id != 0; id = answer.FindNextAbstract(id, SopClass))
        {
            if (answer.GetResult(id) != DicomAssociateAcceptResultType.Success || !mayUse(id))
            {
                continue;
            }

            var accepted = answer.GetTransfer(id, 0);
            if (accepted == TransferSyntax)
            {
                return id;
            }

            if (IsNative && DicomTransferSyntax.Of(accepted).IsNative)
            {
                other = id;
            }
        }

        return other;
    }
}
