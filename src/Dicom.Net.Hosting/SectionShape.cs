using Microsoft.Extensions.Configuration;

namespace Dicom.Net.Hosting;

/// <summary>
/// Whether a section has lists where the options have lists, and so on. What has not is not bound, and nobody would be told: a rule that is a value
/// and not a list would hold nobody up. Nor does a time limit that counts days where seconds are meant.
/// </summary>
internal static class SectionShape
{
    private static readonly string[] Lists =
    [
        nameof(DicomListenerOptions.CallingAETitles), nameof(DicomListenerOptions.SopClasses), nameof(DicomListenerOptions.AllowedNetworks),
        nameof(DicomListenerOptions.DeniedNetworks), nameof(DicomListenerProxyOptions.TrustedNetworks),
    ];

    private static readonly string[] Times =
    [
        nameof(DicomListenerOptions.IdleTimeout), nameof(DicomListenerOptions.HandlerTimeLimit), nameof(DicomListenerOptions.DrainDelay),
        nameof(DicomListenerProxyOptions.HeaderTimeout),
    ];

    private static readonly string[] Groups = [nameof(DicomListenerOptions.ProxyProtocol), nameof(DicomListenerOptions.Tls)];

    /// <summary>What is wrong, by the paths of the options, each with what to do.</summary>
    public static IEnumerable<string> ProblemsOf(IConfiguration section) => section.GetChildren().Any()
        ? section.GetChildren().SelectMany(ProblemsOfOption)
        : [$"The configuration has no section {(section as IConfigurationSection)?.Path}: it is not there, or has no option; is the name right?"];

    private static IEnumerable<string> ProblemsOfOption(IConfigurationSection option)
    {
        if (Groups.Contains(option.Key, StringComparer.OrdinalIgnoreCase))
        {
            return ProblemsOfGroup(option);
        }

        return Lists.Contains(option.Key, StringComparer.OrdinalIgnoreCase) ? ProblemsOfList(option) : ProblemsOfValue(option);
    }

    private static IEnumerable<string> ProblemsOfGroup(IConfigurationSection group)
    {
        if (!string.IsNullOrEmpty(group.Value))
        {
            return [$"{group.Path} has options of its own, and no value: state them below it, or leave it out."];
        }

        // It is nothing that is not there: {} and null look alike here.
        return group.GetChildren().Any()
            ? group.GetChildren().SelectMany(ProblemsOfOption)
            : [$"{group.Path} is empty: state its options, or leave it out."];
    }

    /// <summary>The value of an empty list is empty.</summary>
    private static IEnumerable<string> ProblemsOfList(IConfigurationSection list) => string.IsNullOrEmpty(list.Value)
        ? list.GetChildren().SelectMany(ProblemsOfValue)
        : [$"{list.Path} is a list, and no value: write [ \"{list.Value}\" ], or {list.Path.Replace(":", "__", StringComparison.Ordinal)}__0 in the environment."];

    private static IEnumerable<string> ProblemsOfValue(IConfigurationSection value)
    {
        if (value.GetChildren().Any())
        {
            return [$"{value.Path} is to be a value: it is a list, or has options below it."];
        }

        return Times.Contains(value.Key, StringComparer.OrdinalIgnoreCase) ? ProblemsOfTime(value) : [];
    }

    // Whoever writes 20 means seconds, or minutes, and would get days (TimeSpan.Parse).
    private static IEnumerable<string> ProblemsOfTime(IConfigurationSection time) => string.IsNullOrEmpty(time.Value) || time.Value.Contains(':')
        ? []
        : [$"{time.Path} {time.Value} has no unit: write 00:00:20 for twenty seconds, 00:20:00 for twenty minutes, 1.00:00:00 for a day."];
}
