namespace Dicom.Net.Samples;

/// <summary>Keeps in a folder what arrives by C-STORE: sent by the destination of a C-MOVE, or in answer to a C-GET.</summary>
internal sealed class InstanceReceiver(InstanceFolder folder)
{
    private int _kept;

    /// <summary>How many have arrived, and are in the folder.</summary>
    public int Kept => _kept;

    /// <summary>Answers the C-STOREs of an object, and of its clients if it listens.</summary>
    public void Serve(DicomNet net) => net.CStoreRequestReceived += (_, request) =>
    {
        try
        {
            InstanceCheck.Require(request.DataSet!, request.AffectedClass, request.Instance);
            var outcome = folder.Keep(request.DataSet!, request.Instance);
            Interlocked.Increment(ref _kept);
            request.Respond(DicomCommandStatusType.Success);
            Console.WriteLine($"{request.Instance}: {outcome}");
        }
        catch (InstanceException error)
        {
            request.Respond(error.Status);
            Console.Error.WriteLine($"{Uri.EscapeDataString(request.Instance)}: refused, {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            request.Respond(DicomCommandStatusType.OutOfResources);
            Console.Error.WriteLine($"{Uri.EscapeDataString(request.Instance)}: refused, {error.Message}");
        }
    };
}
