namespace Dicom.Net.UpperLayer;

/// <summary>
/// What the driver must do for one transition. It carries the set flags out from the lowest bit to the highest.
/// </summary>
/// <remarks>
/// The order is the protocol's where it matters and the safe one elsewhere: the timer is stopped before anything can block, a PDU goes
/// out before the user is told (his code may take long), the timer that guards the peer's answer runs from the moment the PDU is out,
/// and the connection is closed last, so that the user still sees its end points in his indication.
/// </remarks>
[Flags]
internal enum UpperLayerEffects : uint
{
    None = 0,

    /// <summary>Stop the ARTIM timer, if it runs.</summary>
    StopArtim = 1 << 0,

    /// <summary>TRANSPORT CONNECT request: open the connection to the peer.</summary>
    Connect = 1 << 1,

    /// <summary>TRANSPORT CONNECT response: take the peer's connection.</summary>
    AcceptTransport = 1 << 2,

    SendAssociateRq = 1 << 3,
    SendAssociateAc = 1 << 4,
    SendAssociateRj = 1 << 5,
    SendPData = 1 << 6,
    SendReleaseRq = 1 << 7,
    SendReleaseRp = 1 << 8,

    /// <summary>Send A-ABORT with source 0, DICOM UL service-user (PS3.8 §9.3.8).</summary>
    SendAbort = 1 << 9,

    /// <summary>Send A-ABORT with source 2, DICOM UL service-provider; the event gives the reason (PS3.8 §9.3.8).</summary>
    SendProviderAbort = 1 << 10,

    /// <summary>Start the ARTIM timer, or start it again from zero if it runs.</summary>
    StartArtim = 1 << 11,

    /// <summary>A-ASSOCIATE indication to the user.</summary>
    IndicateAssociate = 1 << 12,

    /// <summary>A-ASSOCIATE confirmation, accept, to the user.</summary>
    ConfirmAccept = 1 << 13,

    /// <summary>A-ASSOCIATE confirmation, reject, to the user.</summary>
    ConfirmReject = 1 << 14,

    /// <summary>P-DATA indication to the user.</summary>
    IndicateData = 1 << 15,

    /// <summary>A-RELEASE indication to the user.</summary>
    IndicateRelease = 1 << 16,

    /// <summary>A-RELEASE confirmation to the user.</summary>
    ConfirmRelease = 1 << 17,

    /// <summary>A-ABORT indication if the received PDU's source is 0, A-P-ABORT indication otherwise.</summary>
    IndicateAbort = 1 << 18,

    /// <summary>A-P-ABORT indication to the user.</summary>
    IndicateProviderAbort = 1 << 19,

    /// <summary>Close the transport connection from this side.</summary>
    CloseTransport = 1 << 20,
}
