using Dicom.Net.Fuzz.Conversations;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>
/// Whole conversations with the driver of an association, as acceptor and as requestor: whatever the peer, the application, the network
/// and the clock do, what is sent is legal, the end is told once, and nothing is held afterwards.
/// </summary>
internal sealed class ConversationTarget : IFuzzTarget
{
    /// <summary>How seldom data sets go to files: it costs ten times as much.</summary>
    private const int Seldom = 100;

    [ThreadStatic]
    private static DirectoryInfo? t_folder;

    public string Name => "conversation";

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var plan = ConversationPlan.Any(random);
        fuzzCase.Input = plan.Bytes;
        var spools = random.OneIn(Seldom);
        if (spools)
        {
            t_folder ??= Directory.CreateTempSubdirectory("dicomnet-fuzz-");
            plan = plan with { Spool = new() { Folder = t_folder.FullName, MemoryThreshold = 0 } };
        }

        new Conversation(plan, random, fuzzCase).Run();
        FuzzFinding.Unless(!spools || t_folder!.GetFiles().Length == 0, "A spooled file was left behind.");
    }
}
