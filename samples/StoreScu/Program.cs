// An SCU for Storage (PS3.4 Annex B): sends files, each in the transfer syntax that it is in. Exit code 0: all of them are stored.
using System.CommandLine;
using Dicom.Net.Samples;

var paths = new Argument<string[]>("PATH") { Description = "Files, and folders with files.", Arity = ArgumentArity.OneOrMore };
var command = new ScuCommand("Sends DICOM files to a peer.") { paths };
return await command.RunAsync(args, async arguments =>
{
    var files = Find(arguments.GetRequiredValue(paths)).ToList();
    var report = new Report(files.Count);
    await foreach (var file in command.SendAsync(files, arguments))
    {
        report.Add(file);
    }

    report.Summarize();
    return report.Failed == 0 ? 0 : 1;
});

// All files in the files and folders given, in a stable order.
static IEnumerable<string> Find(string[] paths) => paths.SelectMany(path => Directory.Exists(path)
    ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
    : Enumerable.Repeat(path, 1));
