
namespace Dicom.Net.Tool.Receiving;

/// <summary>Keeps received instances in a folder, each in a file named by its SOP Instance UID.</summary>
internal sealed class InstanceKeeper(InstanceFolder folder)
{
    private int _kept;
    private int _refused;

    public string Path => folder.Path;

    /// <summary>How many are in the folder.</summary>
    public int Kept => _kept;

    /// <summary>How many were not kept, and their senders told so.</summary>
    public int Refused => _refused;

    /// <summary>Keeps an instance: with success it is on the disk.</summary>
    public KeptInstance Keep(string sopClass, string instance, DicomDataSet dataSet)
    {
        try
        {
            InstanceCheck.Require(dataSet, sopClass, instance);
            var outcome = folder.Keep(dataSet, instance);
            Interlocked.Increment(ref _kept);
            return new(DicomCommandStatusType.Success, outcome);
        }
        catch (InstanceException error)
        {
            return Refuse(error.Status, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refuse(DicomCommandStatusType.OutOfResources, error);
        }
    }

    private KeptInstance Refuse(DicomCommandStatusType status, Exception error)
    {
        Interlocked.Increment(ref _refused);
        return new(status, $"refused, {error.Message}");
    }
}
