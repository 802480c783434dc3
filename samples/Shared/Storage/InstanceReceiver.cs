namespace Dicom.Net.Samples;

/// <summary>Keeps in a folder what arrives by C-STORE: sent by the destination of a C-MOVE, or in answer to a C-GET.</summary>
internal sealed class InstanceReceiver(InstanceFolder folder)
{
    private int _kept;

    /// <summary>How many have arrived, and are in the folder.</summary>
    public int Kept => _kept;

    /// <summary>Answers the C-STOREs of an object, and of its clients if it listens.</summary>
    public void Serve(DicomNet net) => net.CStoreRequestReceived += (_, request) =>
        request.Respond(Keep(new(request.AffectedClass, request.Instance, request.DataSet!)));

    /// <summary>Keeps an instance.</summary>
    /// <returns>What its sender is told.</returns>
    public DicomCommandStatusType Keep(DicomReceivedInstance received)
    {
        try
        {
            InstanceCheck.Require(received.DataSet, received.SopClass, received.Instance);
            var outcome = folder.Keep(received.DataSet, received.Instance);
            Interlocked.Increment(ref _kept);
            Console.WriteLine($"{received.Instance}: {outcome}");
            return DicomCommandStatusType.Success;
        }
        catch (InstanceException error)
        {
            Console.Error.WriteLine($"{Uri.EscapeDataString(received.Instance)}: refused, {error.Message}");
            return error.Status;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{Uri.EscapeDataString(received.Instance)}: refused, {error.Message}");
            return DicomCommandStatusType.OutOfResources;
        }
    }
}
