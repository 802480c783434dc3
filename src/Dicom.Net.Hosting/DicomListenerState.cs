namespace Dicom.Net.Hosting;

/// <summary>What a listener of the host is doing.</summary>
public enum DicomListenerState
{
    /// <summary>It does not listen: not yet, or no more.</summary>
    Stopped,

    /// <summary>It listens.</summary>
    Listening,

    /// <summary>It stops: associations that stand go on until the host's deadline, and none begins.</summary>
    Stopping,
}
