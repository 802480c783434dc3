// An SCU for queries (PS3.4 Annexes C and K): C-FIND, and a line for each attribute of each match. Exit code 0: the peer has told all.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Samples;

var query = new QueryCommand(DicomUids.PatientRootFind, DicomUids.StudyRootFind);
var cancelAfter = new Option<int?>("--cancel-after") { Description = "Ask the peer to stop after so many matches (C-CANCEL)." };
var command = query.AddTo(new ScuCommand("Asks a peer what it has, or what is scheduled.") { cancelAfter }, hasWorklist: true);

return await command.RunAsync(args, async arguments =>
{
    using var scu = new StepwiseScu(command.NetOptions(arguments));
    using var identifier = query.Identifier(arguments);
    var model = query.Model(arguments);
    var request = command.Request(arguments);
    var context = request.Propose(model, DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian);
    await command.AssociateAsync(scu, request, context, arguments);
    var matches = 0;
    var status = await scu.FindAsync(context, model, identifier, match =>
    {
        Console.WriteLine($"# match {++matches}");
        MatchText.Write(match, Console.Out);
        if (matches == arguments.GetValue(cancelAfter))
        {
            scu.Cancel();
        }
    });
    Console.WriteLine($"{matches} matches: {Words.Status(status)}{(scu.Comment.Length > 0 ? $": {scu.Comment}" : "")}");
    await scu.ReleaseAsync();

    // Who asks for an early end has got what was asked for.
    return status.IsSuccess() || (status.IsCancel() && arguments.GetValue(cancelAfter) is not null) ? 0 : 1;
});
