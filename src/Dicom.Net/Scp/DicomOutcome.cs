namespace Dicom.Net;

/// <summary>What came of a request, as its response says it. A status alone will do: it converts to this type.</summary>
/// <param name="Status">The outcome; not a pending one.</param>
/// <param name="Detail">What else the response says of its status; null for nothing.</param>
public readonly record struct DicomOutcome(DicomCommandStatusType Status, DicomStatusDetail? Detail = null)
{
    // As the difference to a failure: what a handler forgets to set, default, must not acknowledge anything.
    private readonly int _status = (int)Status ^ (int)DicomCommandStatusType.ProcessingFailure;

    /// <summary>Success.</summary>
    public static DicomOutcome Success => new(DicomCommandStatusType.Success);

    /// <summary>The outcome; not a pending one. Of <see langword="default"/> it is 0110H, processing failure.</summary>
    public DicomCommandStatusType Status
    {
        get => (DicomCommandStatusType)(_status ^ (int)DicomCommandStatusType.ProcessingFailure);
        init => _status = (int)value ^ (int)DicomCommandStatusType.ProcessingFailure;
    }

    /// <summary>
    /// What the response to an N-service carries: attributes, an action or event reply; null for none. The library disposes of it when it has been
    /// queued. C-STORE and C-ECHO have none.
    /// </summary>
    public DicomDataSet? DataSet { get; init; }

    /// <summary>Of an N-CREATE whose request has no UID: the one that this side has chosen; null otherwise.</summary>
    public string? SopInstance { get; init; }

    /// <summary>A status alone.</summary>
    public static implicit operator DicomOutcome(DicomCommandStatusType status) => new(status);

    /// <summary>A status alone.</summary>
    public static DicomOutcome FromDicomCommandStatusType(DicomCommandStatusType status) => new(status);
}
