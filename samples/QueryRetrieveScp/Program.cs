// A small archive: an SCP for Storage, Query/Retrieve (patient and study root: C-FIND, C-MOVE, C-GET) and Storage Commitment (PS3.4
// Annexes B, C, J), on a folder of files with an index in SQLite, until Ctrl-C or SIGTERM. With the index in PostgreSQL, any number of them are
// one archive.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Samples;

// Arbitrary: an identifier stays in memory, an instance comes into a file, so that keeping it is a rename.
const int MemoryThreshold = 64 * 1024;

var folder = new Option<DirectoryInfo>("--archive")
{
    Description = "Folder for the instances, and for index.db: one program has it at a time. Delete that, and it is made anew from the files.",
    DefaultValueFactory = _ => new DirectoryInfo("archive"),
};
var postgres = new Option<string?>("--postgres")
{
    Description = "Have the index in PostgreSQL: Npgsql's connection string, such as Host=/run/postgresql. Whoever has the same index and the same "
        + "folder is a node of one archive. Leave the password to PGPASSFILE or PGPASSWORD.",
};
var newArchive = new Option<bool>("--new-archive")
{
    Description = "With --postgres: begin an archive in the folder, if it is none, or is not there. Without this, such a folder is taken for one "
        + "that is not mounted.",
};
var destination = new Option<string[]>("--destination")
{
    Description = "AE=HOST:PORT: where an AE title is that C-MOVE may send to, and that storage commitments are reported to. Repeatable.",
    DefaultValueFactory = _ => [],
};
var most = new Option<int>("--max-work")
{
    Description = "How many queries, retrievals and commitments may run at once; of one address half of that, and one at least.",
    DefaultValueFactory = _ => 16,
    CustomParser = WholeNumber.CountFromOne,
};
var storage = new StorageArguments(DuplicatePolicy.Reject, DuplicatePolicy.KeepFirst, DuplicatePolicy.Replace);
var command = new ScpCommand("Keeps what it is sent, and answers queries, C-MOVE, C-GET and storage commitment.", destination)
{
    folder, postgres, newArchive, destination, most,
};
storage.AddTo(command);

return await command.RunAsync(args, async arguments =>
{
    var termination = Termination.RequestedAsync();
    var destinations = new Destinations(arguments.GetRequiredValue(destination));
    using var archive = await OpenAsync(arguments, termination);
    if (archive is null)
    {
        return 0;
    }

    Leftovers.Delete(archive.Path);
    var options = command.NetOptions(arguments) with { MemoryThreshold = MemoryThreshold };
    var services = new Services(archive, destinations, options, new Work(arguments.GetValue(most)));
    using var scp = new DicomNet(
        archive.Path, ScpCommand.SecurityOf(options), options with { Handlers = new DicomHandlers().Add(services) });
    scp.AssociateRequestReceived += (_, request) => command.Answer(request, arguments, Services.Supported);
    services.Serve(scp);
    if (!command.Listen(scp, arguments))
    {
        return 1;
    }

    await termination;
    await command.DrainAsync(scp, arguments);
    return 0;
});

// The index of a large folder takes its time; who is told to end meanwhile ends.
async Task<Archive?> OpenAsync(ParseResult arguments, Task termination)
{
    using var ended = new CancellationTokenSource();
    var opening = Task.Run(() => Archive.OpenUnlessEnded(
        arguments.GetRequiredValue(folder), storage.Policy(arguments), arguments.GetValue(postgres), arguments.GetValue(newArchive),
        ended.Token));
    if (await Task.WhenAny(opening, termination) == termination)
    {
        await ended.CancelAsync();
    }

    try
    {
        return await opening;
    }
    catch (OperationCanceledException)
    {
        Console.WriteLine("Ended before there was an index: the next start begins anew.");
        return null;
    }
}
