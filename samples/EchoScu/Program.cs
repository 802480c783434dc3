// An SCU for Verification (PS3.4 Annex A): asks a peer for one C-ECHO. Exit code 0: it answered with success.
using System.Diagnostics;
using Dicom.Net;
using Dicom.Net.Samples;

var command = new ScuCommand("Verifies with a C-ECHO that a peer speaks DICOM.");
return await command.RunAsync(args, async arguments =>
{
    using var scu = new StepwiseScu(command.NetOptions(arguments));
    var request = command.Request(arguments);
    var context = request.Propose(DicomUids.Verification);
    await command.AssociateAsync(scu, request, context, arguments);
    var clock = Stopwatch.StartNew();
    var status = await scu.EchoAsync(context);
    Console.WriteLine($"C-ECHO of {Words.Peer(scu)}: {Words.Status(status)}, {clock.Elapsed.TotalMilliseconds:F1} ms");
    await scu.ReleaseAsync();
    return status.IsSuccess() ? 0 : 1;
});
