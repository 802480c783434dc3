namespace Dicom.Net.Hosting;

/// <summary>What a listener of the host is doing.</summary>
public enum DicomListenerState
{
    /// <summary>It does not listen: not yet, or no more.</summary>
    Stopped,

    /// <summary>It listens.</summary>
    Listening,

    /// <summary>It stops: after <see cref="DicomListenerOptions.DrainDelay"/> none begins, and associations that stand go on until the host's deadline.</summary>
    Stopping,
}
