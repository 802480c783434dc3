// An SCU for C-GET (PS3.4 §C.4.3): a peer sends instances on the association on which they are asked for. Exit code 0: all have come.
using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Samples;

// PS3.8 §9.3.2.2: the ids are odd numbers of one byte.
const int MaximumContexts = 128;

var query = new QueryCommand(DicomUids.PatientRootGet, DicomUids.StudyRootGet);
var output = new Option<DirectoryInfo>("--out")
{
    Description = "The folder for the instances.",
    DefaultValueFactory = _ => new DirectoryInfo("received"),
};
var sopClasses = new Option<string[]>("--class")
{
    Description = "UID of a SOP class that may come. Repeatable. Default: the common ones.",
    DefaultValueFactory = _ => CommonStorageClasses.Uids,
};
var transferSyntaxes = new Option<string[]>("--transfer")
{
    Description = "UID of a transfer syntax that may come, in a presentation context of its own. Repeatable. Default: explicit or "
        + "implicit VR little endian. Whoever wants compressed instances has to ask for them.",
    DefaultValueFactory = _ => [],
};
var command = query.AddTo(new ScuCommand("Gets instances of a peer, and keeps them.") { output, sopClasses, transferSyntaxes });

return await command.RunAsync(args, async arguments =>
{
    var folder = new InstanceFolder(arguments.GetRequiredValue(output));
    Leftovers.Delete(folder.Path);
    var options = command.AssociationOptions(arguments);
    var receiver = new InstanceReceiver(folder);
    using var identifier = query.Identifier(arguments);
    var model = query.Model(arguments);
    await using var association = await command.OpenAsync(
        WithStorage(command.Request(arguments).With(model), arguments),
        arguments,
        options with { Folder = folder.Path, Network = options.Network with { MemoryThreshold = 0 } });
    var response = await association.GetAsync(
        model, identifier, (instance, _) => ValueTask.FromResult(receiver.Keep(instance)), new RetrieveReport());
    RetrieveReport.Tell(response);
    Console.WriteLine($"{receiver.Kept} instances kept");
    await association.ReleaseAsync();
    return response.Status.IsSuccess() ? 0 : 1;
});

// For these SOP classes the one who asks is SCP, and that has to be said (PS3.4 §C.5.3, PS3.7 §D.3.3.4).
DicomAssociationRequest WithStorage(DicomAssociationRequest request, ParseResult arguments)
{
    string[][] alternatives = arguments.GetRequiredValue(transferSyntaxes) is { Length: > 0 } named
        ? [.. named.Select(transferSyntax => new[] { transferSyntax })]
        : [[DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian]];
    if (arguments.GetRequiredValue(sopClasses).Length * alternatives.Length >= MaximumContexts)
    {
        throw new FormatException($"An association has {MaximumContexts} presentation contexts, one for each --class in each --transfer.");
    }

    foreach (var sopClass in arguments.GetRequiredValue(sopClasses))
    {
        request = alternatives.Aggregate(request, (proposed, syntaxes) => proposed.WithProviderRole(sopClass, syntaxes));
    }

    return request;
}
