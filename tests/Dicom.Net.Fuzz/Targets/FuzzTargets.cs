using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>Every target there is.</summary>
internal static class FuzzTargets
{
    private static readonly IFuzzTarget[] Targets =
    [
        new PduTarget(), new CommandTarget(), new DataSetTarget(), new FileTarget(), new TextTarget(), new ConversationTarget(), new FacadeTarget(),
        new HandlersTarget(), new ProxyTarget(),
    ];

    public static IEnumerable<string> Names => Targets.Select(target => target.Name);

    /// <summary>One of them, or all.</summary>
    public static IReadOnlyList<IFuzzTarget> Of(string name) => name == "all"
        ? Targets
        : [Targets.FirstOrDefault(target => target.Name == name)
            ?? throw new ArgumentException($"There is no target {name}: choose one of all, {string.Join(", ", Names)}.", nameof(name))];
}
