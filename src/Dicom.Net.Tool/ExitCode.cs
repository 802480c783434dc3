namespace Dicom.Net.Tool;

/// <summary>How a command ends. Scripts rely on the numbers: they stay.</summary>
internal enum ExitCode
{
    /// <summary>Everything was done.</summary>
    Ok = 0,

    /// <summary>The peer answered with a failure, or some of several files or echoes failed.</summary>
    PeerFailure = 1,

    /// <summary>The command line, or a file that it names, is not as it should be.</summary>
    BadUse = 2,

    /// <summary>There is no connection; of what listens: the port cannot be had.</summary>
    NoConnection = 3,

    /// <summary>The peer rejected the association.</summary>
    Rejected = 4,

    /// <summary>The association was aborted, lost or released before the work was done.</summary>
    Aborted = 5,

    /// <summary>Something took longer than its time limit allows.</summary>
    TimeLimit = 6,

    /// <summary>TLS did not come about, or a certificate was refused.</summary>
    NoSecureLink = 7,

    /// <summary>The peer accepted the association, but not what was to be done on it.</summary>
    NotAccepted = 8,

    /// <summary>A file or folder of this machine could not be read or written.</summary>
    LocalFailure = 9,

    /// <summary>Ctrl-C or SIGTERM came before the end: 128 and SIGINT's number, as shells have it.</summary>
    Interrupted = 130,
}
