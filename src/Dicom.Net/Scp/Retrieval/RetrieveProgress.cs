using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>How far a C-GET or C-MOVE is: the counts of its sub-operations (PS3.4 §C.4.2.1.6, §C.4.3.1.3).</summary>
internal sealed class RetrieveProgress
{
    /// <summary>What an element of VR UI holds in explicit VR (PS3.5 §7.1.2): more failed instances than fit are counted, and not named.</summary>
    private const int LongestList = ushort.MaxValue - 1;

    private readonly List<string> _failed = [];
    private int _listLength;

    /// <summary>How many instances there are; if there are more after all, more than that.</summary>
    public int Total { get; set; }

    public int Completed { get; private set; }

    public int Failed { get; private set; }

    public int Warning { get; private set; }

    public int Remaining => Math.Max(0, Total - Completed - Failed - Warning);

    /// <summary>What is told when nothing remains (PS3.4 Tables C.4-2 and C.4-3).</summary>
    public DicomCommandStatusType Outcome => this switch
    {
        { Failed: 0, Warning: 0 } => DicomCommandStatusType.Success,
        { Completed: 0, Warning: 0 } => DicomCommandStatusType.UnableToPerformSubOperations,
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
            Name(instance);
        }
    }

    /// <summary>What was announced and has not come counts as failed; what it would have been, nobody knows.</summary>
    public void FailRemaining() => Failed += Remaining;

    /// <summary>The identifier of a final response: the instances that were not stored (PS3.4 §C.4.2.1.4.2, §C.4.3.1.3.2); null when all were.</summary>
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

    private void Name(string instance)
    {
        // What is no UID cannot be listed. A backslash between two of them, and one byte to make the whole even.
        if (SentText.IsUid(instance) && _listLength + instance.Length + 1 < LongestList)
        {
            _listLength += instance.Length + 1;
            _failed.Add(instance);
        }
    }
}
