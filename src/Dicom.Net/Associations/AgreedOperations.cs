using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Associations;

/// <summary>Which operations each side of an association may invoke, and how many at once: what its roles and its window allow.</summary>
/// <remarks>An answer counts as far as <see cref="AgreedInformation"/> says: both sides come to the same result, each from its own point of view.</remarks>
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
        var agreed = AgreedInformation.Of(request.UserInformation, accept.UserInformation);
        UInt128 requestorIsScu = 0;
        UInt128 requestorIsScp = 0;
        foreach (var answered in accept.PresentationContexts)
        {
            if (answered.Result == PresentationContextResult.Acceptance && request.FindContext(answered.Id) is { } context)
            {
                // PS3.7 §D.3.3.4: without a role selection that is answered, the requestor is SCU.
                var roles = AgreedInformation.Find(agreed.RoleSelections, context.AbstractSyntax);
                requestorIsScu |= roles?.ScuRole ?? true ? BitOf(context.Id) : 0;
                requestorIsScp |= roles?.ScpRole ?? false ? BitOf(context.Id) : 0;
            }
        }

        // PS3.7 §D.3.3.3: one each way by default; the item counts from the requestor's point of view.
        var window = agreed.AsynchronousOperationsWindow;
        var byRequestor = Number(window?.MaximumNumberOperationsInvoked ?? 1);
        var byAcceptor = Number(window?.MaximumNumberOperationsPerformed ?? 1);
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

    private static int Number(ushort operations) => operations == 0 ? int.MaxValue : operations;

    private static UInt128 BitOf(byte id) => UInt128.One << (id >> 1);

    private static bool IsIn(UInt128 contexts, byte id) => id % 2 != 0 && (contexts & BitOf(id)) != 0;
}
