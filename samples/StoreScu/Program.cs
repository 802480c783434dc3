// An SCU for Storage (PS3.4 Annex B): sends files, each in the transfer syntax that it is in. Exit code 0: all of them are stored.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Samples;

var paths = new Argument<string[]>("PATH") { Description = "Files, and folders with files.", Arity = ArgumentArity.OneOrMore };
var command = new ScuCommand("Sends DICOM files to a peer.") { paths };
return await command.RunAsync(args, async arguments =>
{
    var report = new Report();
    foreach (var files in InAssociations(Read(arguments.GetRequiredValue(paths), report)))
    {
        await SendAsync(files, report, arguments);
    }

    report.Summarize();
    return report.Failed == 0 ? 0 : 1;
});

// What is no instance is reported, and does not keep the others from being sent.
static List<InstanceFile> Read(string[] paths, Report report)
{
    var files = new List<InstanceFile>();
    foreach (var path in InstanceFile.Find(paths))
    {
        report.Total++;
        try
        {
            files.Add(InstanceFile.Read(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            report.NotStored(path, error.Message);
        }
    }

    return files;
}

// Presentation contexts for each pair of SOP class and transfer syntax; more of them than one association can have need several.
static IEnumerable<InstanceFile[]> InAssociations(List<InstanceFile> files) => files
    .GroupBy(file => (file.SopClass, file.TransferSyntax))
    .Chunk(StorageContexts.MaximumKinds)
    .Select(pairs => pairs.SelectMany(pair => pair).ToArray());

async Task SendAsync(InstanceFile[] files, Report report, ParseResult arguments)
{
    var request = command.Request(arguments);
    StorageContexts.Propose(request, files.Select(file => (file.SopClass, file.TransferSyntax)));
    using var scu = new StepwiseScu(command.NetOptions(arguments));
    var done = 0;
    try
    {
        var answer = await command.AssociateAsync(scu, request, arguments);
        for (; done < files.Length; done++)
        {
            await StoreAsync(scu, answer, files[done], report);
        }

        await scu.ReleaseAsync();
    }
    catch (DicomException error)
    {
        foreach (var file in files[done..])
        {
            report.NotStored(file.Path, error.Message);
        }
    }
}

static async Task StoreAsync(StepwiseScu scu, DicomAssociate answer, InstanceFile file, Report report)
{
    var context = StorageContexts.Find(answer, file.SopClass, file.TransferSyntax);
    if (context == 0)
    {
        report.NotStored(file.Path, $"the peer does not accept {Words.Name(file.SopClass)} in {Words.Name(file.TransferSyntax)}");
        return;
    }

    DicomCommandStatusType status;
    try
    {
        // Read while it is sent: the file is never in memory as a whole.
        using var dataSet = DicomDataSet.Load(file.Path);
        status = await scu.StoreAsync(context, file.SopClass, file.Instance, dataSet);
    }
    catch (Exception error) when (error is IOException or UnauthorizedAccessException)
    {
        report.NotStored(file.Path, error.Message);
        return;
    }

    report.Add(file.Path, status);
}
