// An SCP for Storage (PS3.4 Annex B): keeps the instances that peers send in a folder until Ctrl-C or SIGTERM.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Samples;

var output = new Option<DirectoryInfo>("--out")
{
    Description = "Folder for the instances, each in a file named by its SOP Instance UID; with keep-both, another one with the same UID "
        + "in UID-2.dcm, UID-3.dcm …",
    DefaultValueFactory = _ => new DirectoryInfo("received"),
};
var discard = new Option<bool>("--discard") { Description = "Receive and throw away: for measuring.", Hidden = true };
var storage = new StorageArguments(
    DuplicatePolicy.KeepBoth, DuplicatePolicy.KeepFirst, DuplicatePolicy.Replace, DuplicatePolicy.Reject);
var command = new ScpCommand("Listens for associations, stores what they send, answers C-ECHO.") { output, discard };
storage.AddTo(command);

return await command.RunAsync(args, async arguments =>
{
    var termination = Termination.RequestedAsync();
    var discards = arguments.GetValue(discard);
    var folder = new InstanceFolder(arguments.GetRequiredValue(output), storage.Policy(arguments));
    Leftovers.Delete(folder.Path);
    var totals = new Totals();

    // Threshold 0: what arrives goes to a file in the folder at once, so that keeping it is a rename.
    var options = command.NetOptions(arguments) with { MemoryThreshold = 0 };
    using var scp = new DicomNet(folder.Path, ScpCommand.SecurityOf(options), options);
    scp.AssociateRequestReceived += (_, request) =>
    {
        if (command.Answer(request, arguments, StorageSopClasses.Contain))
        {
            Interlocked.Increment(ref totals.Associations);
        }
    };
    scp.CStoreRequestReceived += (_, request) =>
    {
        // The peer may delete its copy when it has seen success: only what is on disk is acknowledged.
        request.Respond(discards ? DicomCommandStatusType.Success : Store(request));
    };
    scp.Closed += (_, closed) =>
    {
        if (closed.Error != DicomExceptionCode.Success)
        {
            Console.WriteLine($"{Words.Peer(closed.Net)} ended: {closed.Error}");
        }
    };
    if (discards)
    {
        scp.DataStarting += (_, starting) => starting.Destination = Stream.Null;
    }

    if (!command.Listen(scp, arguments))
    {
        return 1;
    }

    await termination;
    await command.DrainAsync(scp, arguments);
    Console.WriteLine($"{totals.Associations} associations, {totals.Instances} instances stored, {totals.Refused} refused");
    return 0;

    DicomCommandStatusType Store(DicomCStoreRequestEventArgs request)
    {
        var (status, outcome) = Keep(request);
        Interlocked.Increment(ref status.IsSuccess() ? ref totals.Instances : ref totals.Refused);
        var what = $"{Words.Name(request.AffectedClass)} in {Words.Name(request.DataSet!.TransferSyntax)}";
        Console.WriteLine($"{Words.Peer(request.Net)} {Uri.EscapeDataString(request.Instance)} ({what}): {outcome}");
        return status;
    }

    (DicomCommandStatusType Status, string Outcome) Keep(DicomCStoreRequestEventArgs request)
    {
        try
        {
            InstanceCheck.Require(request.DataSet!, request.AffectedClass, request.Instance);
            return (DicomCommandStatusType.Success, folder.Keep(request.DataSet!, request.Instance));
        }
        catch (InstanceException error)
        {
            return (error.Status, $"refused, {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (DicomCommandStatusType.OutOfResources, $"refused, {error.Message}");
        }
    }
});
