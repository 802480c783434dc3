
namespace Dicom.Net.Tool.Receiving;

/// <summary>Keeps received instances in a folder, each in a file named by its SOP Instance UID.</summary>
internal sealed class InstanceKeeper(InstanceFolder folder)
{
    private int _kept;

    public string Path => folder.Path;

    /// <summary>How many are in the folder.</summary>
    public int Kept => _kept;

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
            return new(error.Status, $"refused, {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(DicomCommandStatusType.OutOfResources, $"refused, {error.Message}");
        }
    }
}
