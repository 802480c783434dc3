using Dicom.Net.Fuzz.Conversations;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>
/// Whole conversations with a <see cref="DicomNet"/>: its answers to requests for associations are legal whatever was proposed, each
/// request has one final response, and the end is told once.
/// </summary>
internal sealed class FacadeTarget : IFuzzTarget
{
    public string Name => "facade";

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var plan = ConversationPlan.Any(random);
        fuzzCase.Input = plan.Bytes;
        new FacadeConversation(plan, random, fuzzCase).Run();
    }
}
