namespace Dicom.Net.UpperLayer;

/// <summary>The states of the DICOM upper layer protocol machine (PS3.8 §9.2.1, Tables 9-1 to 9-5).</summary>
internal enum UpperLayerState : byte
{
    /// <summary>Idle: no association and no transport connection.</summary>
    Sta1 = 1,

    /// <summary>The transport connection is open; the peer's A-ASSOCIATE-RQ is awaited.</summary>
    Sta2,

    /// <summary>The local user has yet to answer the A-ASSOCIATE indication.</summary>
    Sta3,

    /// <summary>The local transport service has yet to open the connection that was asked of it.</summary>
    Sta4,

    /// <summary>The A-ASSOCIATE-RQ is sent; A-ASSOCIATE-AC or A-ASSOCIATE-RJ is awaited.</summary>
    Sta5,

    /// <summary>The association is established and carries data.</summary>
    Sta6,

    /// <summary>The A-RELEASE-RQ is sent; A-RELEASE-RP is awaited, and data may still arrive.</summary>
    Sta7,

    /// <summary>The local user has yet to answer the A-RELEASE indication, and may still send data.</summary>
    Sta8,

    /// <summary>Release collision, requestor: the local user has yet to answer the A-RELEASE indication.</summary>
    Sta9,

    /// <summary>Release collision, acceptor: A-RELEASE-RP is awaited.</summary>
    Sta10,

    /// <summary>Release collision, requestor: the answer is sent; A-RELEASE-RP is awaited.</summary>
    Sta11,

    /// <summary>Release collision, acceptor: A-RELEASE-RP has come; the local user has yet to answer.</summary>
    Sta12,

    /// <summary>The association is over; the peer is given time to close the transport connection.</summary>
    Sta13,
}
