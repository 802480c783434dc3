namespace Dicom.Net;

/// <summary>An event of a <see cref="DicomNet"/> that carries an error code: Accepting, Connected.</summary>
public class DicomNetEventArgs(DicomExceptionCode error) : EventArgs
{
    /// <summary><see cref="DicomExceptionCode.Success"/>, or what went wrong.</summary>
    public DicomExceptionCode Error { get; } = error;
}

/// <summary>The event Closed.</summary>
public sealed class DicomNetClosedEventArgs(DicomExceptionCode error, DicomNet net) : DicomNetEventArgs(error)
{
    /// <summary>The object whose connection has ended.</summary>
    public DicomNet Net { get; } = net;
}
