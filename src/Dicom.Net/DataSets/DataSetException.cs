namespace Dicom.Net;

/// <summary>
/// The bytes of a data set or of a DICOM file are malformed: the mistake of the peer that sent it or the program that wrote it, never
/// of the caller. The message says what is wrong and at which offset.
/// </summary>
/// <remarks>
/// A data set is decoded when an element is first asked for, so that any member of <see cref="DicomDataSet"/> that reads elements may
/// throw this.
/// </remarks>
public sealed class DataSetException : IOException
{
    /// <summary>Makes an exception without a message.</summary>
    public DataSetException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong.</param>
    public DataSetException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that another one caused.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What was found beneath.</param>
    public DataSetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
