namespace Dicom.Net.Associations;

/// <summary>What became of a wish to send.</summary>
public enum SendOutcome
{
    /// <summary>It is queued, and will go out unless the connection is lost.</summary>
    Queued,

    /// <summary>The connection has ended.</summary>
    NotConnected,

    /// <summary>The state of the association does not allow it: no association, a release under way, a question answered before.</summary>
    WrongState,

    /// <summary>The presentation context was not accepted.</summary>
    ContextNotAccepted,

    /// <summary>Too much waits to be sent already: the peer does not keep up.</summary>
    QueueFull,

    /// <summary>The peer's maximum length leaves no room for a single fragment (PS3.8 §D.1).</summary>
    PeerMaximumTooSmall,

    /// <summary>The PDU layer in use has no such operation.</summary>
    NotSupported,
}
