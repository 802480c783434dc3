namespace Dicom.Net.Associations;

/// <summary>The ways in which a connection ends.</summary>
public enum AssociationEndKind
{
    /// <summary>In order: after a release, a rejection, or a close of our own.</summary>
    Orderly,

    /// <summary>Either side aborted the association.</summary>
    Aborted,

    /// <summary>The peer closed the connection, or it was lost, while an association was open or being opened.</summary>
    ConnectionLost,

    /// <summary>ARTIM expired (PS3.8 §9.1.5): the peer asked for no association, or did not close the connection in time.</summary>
    ArtimExpired,

    /// <summary>The peer began a PDU and did not end it in time.</summary>
    PduTimeout,

    /// <summary>The peer paused too long within a message, or did not answer.</summary>
    ReceiveTimeout,

    /// <summary>The peer did not read what was sent to it in time.</summary>
    SendTimeout,

    /// <summary>The peer did not end a message in time.</summary>
    MessageTimeout,

    /// <summary>The association was idle for longer than it may be, and this side has ended it.</summary>
    IdleTimeout,

    /// <summary>A fault of this library, or of the PDU layer in use: told in the log.</summary>
    Failure,
}
