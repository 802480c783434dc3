// An SCU for Verification (PS3.4 Annex A): asks a peer for one C-ECHO. Exit code 0: it answered with success.
using System.Diagnostics;
using Dicom.Net;
using Dicom.Net.Samples;

var command = new ScuCommand("Verifies with a C-ECHO that a peer speaks DICOM.");
return await command.RunAsync(args, async arguments =>
{
    await using var association = await command.OpenAsync(command.Request(arguments).With(DicomUids.Verification), arguments);
    var clock = Stopwatch.StartNew();
    var response = await association.EchoAsync();
    Console.WriteLine(
        $"C-ECHO of {association.RemoteEndPoint}: {Words.Status(response.Status)}, {clock.Elapsed.TotalMilliseconds:F1} ms");
    await association.ReleaseAsync();
    return response.Status.IsSuccess() ? 0 : 1;
});
