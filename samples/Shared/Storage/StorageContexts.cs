namespace Dicom.Net.Samples;

/// <summary>The presentation contexts that instances travel in: each in its own transfer syntax, since nothing is transcoded.</summary>
internal static class StorageContexts
{
    /// <summary>So many kinds of instances fit into one association: each may need two contexts of 128 (PS3.8 §9.3.2.2).</summary>
    public const int MaximumKinds = 64;

    // What is not compressed can be sent in any of these.
    private static readonly string[] Native =
    [
        DicomUids.ImplicitVRLittleEndian, DicomUids.ExplicitVRLittleEndian, DicomUids.ExplicitVRBigEndian,
        DicomUids.DeflatedExplicitVRLittleEndian,
    ];

    /// <summary>Proposes what some kinds of instances need; implicit VR besides for those that can be sent so (PS3.5 §10.1).</summary>
    public static void Propose(DicomAssociate request, IEnumerable<(string SopClass, string TransferSyntax)> kinds)
    {
        foreach (var (sopClass, transferSyntax) in kinds.Distinct())
        {
            request.Propose(sopClass, transferSyntax);
            if (transferSyntax != DicomUids.ImplicitVRLittleEndian && Native.Contains(transferSyntax))
            {
                request.Propose(sopClass, DicomUids.ImplicitVRLittleEndian);
            }
        }
    }

    /// <summary>Finds a context for an instance.</summary>
    /// <param name="answer">What was accepted.</param>
    /// <param name="sopClass">Its SOP class.</param>
    /// <param name="transferSyntax">The transfer syntax that it is in.</param>
    /// <param name="mayUse">Which contexts may be used at all.</param>
    /// <returns>The context; 0 if there is none.</returns>
    public static byte Find(DicomAssociate answer, string sopClass, string transferSyntax, Func<byte, bool>? mayUse = null)
    {
        byte other = 0;
        for (var id = answer.FindAbstract(sopClass); id != 0; id = answer.FindNextAbstract(id, sopClass))
        {
            var accepted = answer.GetTransfer(id, 0);
            if (mayUse?.Invoke(id) == false)
            {
                continue;
            }

            if (accepted == transferSyntax)
            {
                return id;
            }

            if (Native.Contains(accepted) && Native.Contains(transferSyntax))
            {
                other = id;
            }
        }

        return other;
    }
}
