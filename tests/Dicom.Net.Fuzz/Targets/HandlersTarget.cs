using Dicom.Net.Fuzz.Conversations;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>
/// Whole conversations with a <see cref="DicomNet"/> whose requests are served by handlers: whatever these do, what is sent is legal, no request
/// has two final responses, and each call has returned at the end.
/// </summary>
internal sealed class HandlersTarget : IFuzzTarget
{
    public string Name => "handlers";

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var plan = ConversationPlan.Any(random);
        fuzzCase.Input = plan.Bytes;
        new FacadeConversation(plan, random, fuzzCase, new FuzzHandlers(random.Fork(), fuzzCase, plan.IsPolite)).Run();
    }
}
