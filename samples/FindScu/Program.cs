// An SCU for queries (PS3.4 Annexes C and K): C-FIND, and a line for each attribute of each match. Exit code 0: the peer has told all.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Samples;

var query = new QueryCommand(DicomUids.PatientRootFind, DicomUids.StudyRootFind);
var cancelAfter = new Option<int?>("--cancel-after")
{
    Description = "Ask the peer to stop after so many matches (C-CANCEL).",
    CustomParser = result => WholeNumber.CountFromOne(result),
};
var command = query.AddTo(new ScuCommand("Asks a peer what it has, or what is scheduled.") { cancelAfter }, hasWorklist: true);

return await command.RunAsync(args, async arguments =>
{
    using var identifier = query.Identifier(arguments);
    var model = query.Model(arguments);
    await using var association = await command.OpenAsync(command.Request(arguments).With(model), arguments);
    var found = association.FindAsync(model, identifier);
    var count = 0;
    await foreach (var match in found)
    {
        Console.WriteLine($"# match {++count}");
        MatchText.Write(match, Console.Out);
        if (count == arguments.GetValue(cancelAfter))
        {
            break;
        }
    }

    var (status, detail) = found.Response!;
    var comment = detail.ErrorComment is { Length: > 0 } text ? $": {Words.Escape(text)}" : "";
    Console.WriteLine($"{count} matches: {Words.Status(status)}{comment}");
    await association.ReleaseAsync();

    // Who asks for an early end has got what was asked for.
    return status.IsSuccess() || (status.IsCancel() && arguments.GetValue(cancelAfter) is not null) ? 0 : 1;
});
