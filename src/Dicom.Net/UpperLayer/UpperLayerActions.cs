using static Dicom.Net.UpperLayer.UpperLayerAction;
using static Dicom.Net.UpperLayer.UpperLayerEffects;
using static Dicom.Net.UpperLayer.UpperLayerState;

namespace Dicom.Net.UpperLayer;

/// <summary>PS3.8 §9.2.2, Tables 9-6 to 9-9: what each action makes the driver do, and the state it leads to.</summary>
internal static class UpperLayerActions
{
    private const int ActionCount = (int)AA8 + 1;

    // Every data PDU passes here: the rows below are worked out once.
    private static readonly UpperLayerTransition[] Transitions = Tabulated();

    /// <summary>The transition of an action.</summary>
    /// <param name="action">An action of the table; not None.</param>
    /// <param name="role">Our role in the association: AR-8 depends on it.</param>
    /// <param name="acceptable">Whether the service-provider can take the A-ASSOCIATE-RQ: AE-6 depends on it.</param>
    public static UpperLayerTransition Perform(UpperLayerAction action, AssociationRole role, bool acceptable) =>
        Transitions[IndexOf(action, role, acceptable)];

    private static int IndexOf(UpperLayerAction action, AssociationRole role, bool acceptable) =>
        ((int)role * 2 + (acceptable ? 1 : 0)) * ActionCount + (int)action;

    private static UpperLayerTransition[] Tabulated()
    {
        var transitions = new UpperLayerTransition[2 * 2 * ActionCount];
        for (var action = AE1; action <= AA8; action++)
        {
            foreach (var role in (ReadOnlySpan<AssociationRole>)[AssociationRole.Requestor, AssociationRole.Acceptor])
            {
                transitions[IndexOf(action, role, acceptable: false)] = Row(action, role, acceptable: false);
                transitions[IndexOf(action, role, acceptable: true)] = Row(action, role, acceptable: true);
            }
        }

        return transitions;
    }

    private static UpperLayerTransition Row(UpperLayerAction action, AssociationRole role, bool acceptable) => action switch
    {
        <= AE8 => Establish(action, acceptable),
        <= DT2 => Transfer(action),
        <= AR10 => Release(action, role),
        _ => Abort(action),
    };

    // Table 9-6, association establishment related actions
    private static UpperLayerTransition Establish(UpperLayerAction action, bool acceptable) => action switch
    {
        AE1 => new(AE1, Connect, Sta4),                                       // ask the transport service for a connection
        AE2 => new(AE2, SendAssociateRq, Sta5),                               // send A-ASSOCIATE-RQ
        AE3 => new(AE3, ConfirmAccept, Sta6),                                 // confirm: accepted
        AE4 => new(AE4, ConfirmReject | CloseTransport, Sta1),                // confirm: rejected; close
        AE5 => new(AE5, AcceptTransport | StartArtim, Sta2),                  // take the connection; time the A-ASSOCIATE-RQ
        AE6 when acceptable => new(AE6, StopArtim | IndicateAssociate, Sta3), // ask the user
        AE6 => new(AE6, StopArtim | SendAssociateRj | StartArtim, Sta13),     // reject as service-provider; time the closing
        AE7 => new(AE7, SendAssociateAc, Sta6),                               // the user accepts: send A-ASSOCIATE-AC
        _ => new(AE8, SendAssociateRj | StartArtim, Sta13),                   // the user rejects: send A-ASSOCIATE-RJ; time the closing
    };

    // Table 9-7, data transfer related actions
    private static UpperLayerTransition Transfer(UpperLayerAction action) => action switch
    {
        DT1 => new(DT1, SendPData, Sta6),  // send P-DATA-TF
        _ => new(DT2, IndicateData, Sta6), // indicate data
    };

    // Table 9-8, association release related actions
    private static UpperLayerTransition Release(UpperLayerAction action, AssociationRole role) => action switch
    {
        AR1 => new(AR1, SendReleaseRq, Sta7),                                          // send A-RELEASE-RQ
        AR2 => new(AR2, IndicateRelease, Sta8),                                        // indicate the release
        AR3 => new(AR3, ConfirmRelease | CloseTransport, Sta1),                        // confirm the release; close
        AR4 => new(AR4, SendReleaseRp | StartArtim, Sta13),                            // send A-RELEASE-RP; time the closing
        AR5 => new(AR5, StopArtim, Sta1),                                              // the peer has closed: nothing left to time
        AR6 => new(AR6, IndicateData, Sta7),                                           // indicate data that crossed our A-RELEASE-RQ
        AR7 => new(AR7, SendPData, Sta8),                                              // send P-DATA-TF before answering the release
        AR8 when role is AssociationRole.Requestor => new(AR8, IndicateRelease, Sta9), // collision: we answer first
        AR8 => new(AR8, IndicateRelease, Sta10),                                       // collision: the requestor answers first
        AR9 => new(AR9, SendReleaseRp, Sta11),                                         // collision, requestor: send A-RELEASE-RP
        _ => new(AR10, ConfirmRelease, Sta12),                                         // collision, acceptor: confirm the release
    };

    // Table 9-9, association abort related actions
    private static UpperLayerTransition Abort(UpperLayerAction action) => action switch
    {
        AA1 => new(AA1, SendAbort | StartArtim, Sta13),                               // send A-ABORT, service-user; time the closing anew
        AA2 => new(AA2, StopArtim | CloseTransport, Sta1),                            // stop the timer if it runs; close
        AA3 => new(AA3, IndicateAbort | CloseTransport, Sta1),                        // indicate the peer's abort, by its source; close
        AA4 => new(AA4, IndicateProviderAbort, Sta1),                                 // the connection is lost: indicate A-P-ABORT
        AA5 => new(AA5, StopArtim, Sta1),                                             // the peer left before it asked for anything
        AA6 => new(AA6, UpperLayerEffects.None, Sta13),                               // ignore the PDU
        AA7 => new(AA7, SendProviderAbort, Sta13),                                    // send A-ABORT; the timer runs on
        _ => new(AA8, SendProviderAbort | StartArtim | IndicateProviderAbort, Sta13), // abort as service-provider, say so
    };
}
