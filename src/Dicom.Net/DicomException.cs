namespace Dicom.Net;

/// <summary>
/// A call failed: of <see cref="DicomNet"/>, where its failures are exceptions (<see cref="DicomNet.ThrowOnError"/>), or of
/// <see cref="DicomAssociation"/>, where they always are.
/// </summary>
public class DicomException : Exception
{
    /// <summary>An error without a code of its own.</summary>
    public DicomException()
        : this(new DicomNetResult(DicomExceptionCode.NetFailure, "A DICOM network operation failed."))
    {
    }

    /// <summary>An error without a code of its own.</summary>
    public DicomException(string message)
        : this(new DicomNetResult(DicomExceptionCode.NetFailure, message))
    {
    }

    /// <summary>An error without a code of its own, and what led to it.</summary>
    public DicomException(string message, Exception innerException)
        : base(message, innerException)
        => Result = new(DicomExceptionCode.NetFailure, message);

    /// <summary>The error that a call would have returned.</summary>
    public DicomException(DicomNetResult result)
        : base(result.Message)
        => Result = result;

    /// <summary>The code.</summary>
    public DicomExceptionCode Code => Result.Code;

    /// <summary>What the call would have returned.</summary>
    public DicomNetResult Result { get; }
}
