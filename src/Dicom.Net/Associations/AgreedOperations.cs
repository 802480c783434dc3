using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>Which operations each side of an association may invoke, and how many at once: what its roles and its window allow.</summary>
/// <remarks>
/// The peer's answer is taken at its word only as far as the request went: a role or a window that was never proposed is ignored
/// (PS3.7 §D.3.3.3 and §D.3.3.4). Both sides come to the same result, each from its own point of view.
/// </remarks>
internal sealed class AgreedOperations
{
    /// <summary>The largest window that this side grants: each operation may hold a data set in memory (arbitrary).</summary>
    public const int MostGranted = 32;

    // One bit for each identifier, the odd numbers from 1 to 255 (PS3.8 §9.3.2.2). Where one side is SCU, the other is SCP.
    private readonly UInt128 _isScu;
    private readonly UInt128 _isScp;

    private AgreedOperations(UInt128 isScu, UInt128 isScp, int mostInvoked, int mostInvokedByPeer)
    {
        _isScu = isScu;
        _isScp = isScp;
        MostInvoked = mostInvoked;
        MostInvokedByPeer = mostInvokedByPeer;
    }

    /// <summary>How many operations and notifications this side may have open at once; <see cref="int.MaxValue"/> is no limit.</summary>
    public int MostInvoked { get; }

    /// <summary>How many the peer may have open at once; <see cref="int.MaxValue"/> is no limit.</summary>
    public int MostInvokedByPeer { get; }

    /// <summary>Joins request and answer.</summary>
    public static AgreedOperations From(AAssociateRq request, AAssociateAc accept, AssociationRole localRole)
    {
        UInt128 requestorIsScu = 0;
        UInt128 requestorIsScp = 0;
        foreach (var answered in accept.PresentationContexts)
        {
            if (answered.Result == PresentationContextResult.Acceptance && request.FindContext(answered.Id) is { } context)
            {
                var (scu, scp) = RolesOfRequestor(context.AbstractSyntax, request, accept);
                requestorIsScu |= scu ? BitOf(context.Id) : 0;
                requestorIsScp |= scp ? BitOf(context.Id) : 0;
            }
        }

        var (byRequestor, byAcceptor) = Window(request, accept);
        return localRole == AssociationRole.Requestor
            ? new(requestorIsScu, requestorIsScp, byRequestor, byAcceptor)
            : new(requestorIsScp, requestorIsScu, byAcceptor, byRequestor);
    }

    /// <summary>Whether this side may send a request on a context. Never on one that was not accepted.</summary>
    public bool MayInvoke(byte contextId, CommandField request) => IsIn(IsInvokedByScp(request) ? _isScp : _isScu, contextId);

    /// <summary>Whether the peer may.</summary>
    public bool PeerMayInvoke(byte contextId, CommandField request) => IsIn(IsInvokedByScp(request) ? _isScu : _isScp, contextId);

    /// <summary>
    /// Operations, and their cancellation, are the SCU's; the one notification, N-EVENT-REPORT, is the SCP's (so says each service class
    /// that has it: PS3.4 §F.9.2). A C-STORE within a C-GET is no exception: its SOP Class has roles of its own (PS3.4 §C.5.3).
    /// </summary>
    private static bool IsInvokedByScp(CommandField request) => request == CommandField.NEventReportRq;

    /// <summary>PS3.7 §D.3.3.4: SCU by default; else what was both proposed and granted. The first item of a SOP Class counts.</summary>
    private static (bool Scu, bool Scp) RolesOfRequestor(string sopClass, AAssociateRq request, AAssociateAc accept)
    {
        var proposed = Find(request.UserInformation.RoleSelections, sopClass);
        var granted = Find(accept.UserInformation.RoleSelections, sopClass);
        return proposed is null || granted is null
            ? (true, false)
            : (proposed.ScuRole && granted.ScuRole, proposed.ScpRole && granted.ScpRole);
    }

    private static RoleSelection? Find(IReadOnlyList<RoleSelection> selections, string sopClass)
    {
        for (var i = 0; i < selections.Count; i++)
        {
            if (selections[i].SopClassUid == sopClass)
            {
                return selections[i];
            }
        }

        return null;
    }

    /// <summary>PS3.7 §D.3.3.3: one each way by default. Both items count from the requestor's point of view.</summary>
    private static (int ByRequestor, int ByAcceptor) Window(AAssociateRq request, AAssociateAc accept) =>
        request.UserInformation.AsynchronousOperationsWindow is { } offered
        && accept.UserInformation.AsynchronousOperationsWindow is { } answered
            ? (Math.Min(Number(offered.MaximumNumberOperationsInvoked), Number(answered.MaximumNumberOperationsInvoked)),
                Math.Min(Number(offered.MaximumNumberOperationsPerformed), Number(answered.MaximumNumberOperationsPerformed)))
            : (1, 1);

    private static int Number(ushort operations) => operations == 0 ? int.MaxValue : operations;

    private static UInt128 BitOf(byte id) => UInt128.One << (id >> 1);

    private static bool IsIn(UInt128 contexts, byte id) => id % 2 != 0 && (contexts & BitOf(id)) != 0;
}
