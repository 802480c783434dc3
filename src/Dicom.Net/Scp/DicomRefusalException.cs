namespace Dicom.Net;

/// <summary>An operation is refused or has failed, and this is what the peer is told: thrown by handlers, where they cannot return it.</summary>
/// <remarks>The message is for this side's log. The peer sees <see cref="Detail"/> alone.</remarks>
public sealed class DicomRefusalException : Exception
{
    /// <summary>0110H, processing failure.</summary>
    public DicomRefusalException()
        : this(DicomCommandStatusType.ProcessingFailure)
    {
    }

    /// <summary>0110H, processing failure, with words for this side's log.</summary>
    /// <param name="message">The words.</param>
    public DicomRefusalException(string message)
        : base(message)
    {
    }

    /// <summary>0110H, processing failure, with words for this side's log, and what led to it.</summary>
    /// <param name="message">The words.</param>
    /// <param name="innerException">What led to it.</param>
    public DicomRefusalException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A status.</summary>
    /// <param name="status">The status; not a pending one.</param>
    /// <param name="detail">What else the response says of it; null for nothing.</param>
    /// <param name="innerException">What led to it.</param>
    /// <exception cref="ArgumentException">The status is a pending one.</exception>
    public DicomRefusalException(DicomCommandStatusType status, DicomStatusDetail? detail = null, Exception? innerException = null)
        : base(WordsOf(status, detail), innerException)
    {
        if (status.IsPending())
        {
            throw new ArgumentException("An exception ends an operation: its status cannot be pending.", nameof(status));
        }

        Status = status;
        Detail = detail;
    }

    /// <summary>A status with a comment for people.</summary>
    /// <param name="status">The status; not a pending one.</param>
    /// <param name="comment">Error Comment (0000,0902): cut to 64 characters.</param>
    /// <exception cref="ArgumentException">The status is a pending one.</exception>
    public DicomRefusalException(DicomCommandStatusType status, string comment)
        : this(status, new DicomStatusDetail { ErrorComment = comment })
    {
    }

    /// <summary>The status.</summary>
    public DicomCommandStatusType Status { get; } = DicomCommandStatusType.ProcessingFailure;

    /// <summary>What else the response says of it; null for nothing.</summary>
    public DicomStatusDetail? Detail { get; }

    private static string WordsOf(DicomCommandStatusType status, DicomStatusDetail? detail) =>
        detail?.ErrorComment is { } comment ? $"{(int)status:X4}H: {comment}" : $"{(int)status:X4}H";
}
