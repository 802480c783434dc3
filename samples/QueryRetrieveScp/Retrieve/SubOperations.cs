namespace Dicom.Net.Samples;

/// <summary>How far a C-MOVE or C-GET is: the counts of its sub-operations (PS3.4 §C.4.2.1).</summary>
internal sealed class SubOperations(int total)
{
    private readonly List<string> _failed = [];

    public int Remaining => total - Completed - Failed - Warning;

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    public int Warning { get; private set; }

    /// <summary>What is told when nothing remains (PS3.4 Tables C.4-2 and C.4-3).</summary>
    public DicomCommandStatusType Outcome => this switch
    {
        { Failed: 0, Warning: 0 } => DicomCommandStatusType.Success,
        _ when Failed == total => DicomCommandStatusType.UnableToPerformSubOperations,
        _ => DicomCommandStatusType.CoercionOfDataElements,
    };

    /// <summary>Counts a sub-operation by its status.</summary>
    public void Add(string instance, DicomCommandStatusType status)
    {
        if (status.IsSuccess())
        {
            Completed++;
        }
        else if (status.IsWarning())
        {
            Warning++;
        }
        else
        {
            Failed++;
            _failed.Add(instance);
        }
    }

    /// <summary>The identifier of a final response: the instances that were not stored (PS3.4 §C.4.2.1.4.2); null when all were.</summary>
    public DicomDataSet? FailedInstances()
    {
        if (_failed.Count == 0)
        {
            return null;
        }

        var identifier = new DicomDataSet();
        identifier.Set(DicomTag.FailedSOPInstanceUIDList, [.. _failed]);
        return identifier;
    }

    public override string ToString() => $"{Completed} sent, {Failed} failed, {Warning} with a warning, {Remaining} not sent";
}
