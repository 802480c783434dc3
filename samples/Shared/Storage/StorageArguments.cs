using System.CommandLine;

namespace Dicom.Net.Samples;

/// <summary>The part of the command line that says how instances are kept.</summary>
internal sealed class StorageArguments
{
    private static readonly Dictionary<string, DuplicatePolicy> Policies = new()
    {
        ["keep-both"] = DuplicatePolicy.KeepBoth,
        ["keep-first"] = DuplicatePolicy.KeepFirst,
        ["replace"] = DuplicatePolicy.Replace,
        ["reject"] = DuplicatePolicy.Reject,
    };

    private readonly Option<string> _duplicates;
    private readonly Option<long> _maximum = new("--max-archive")
    {
        Description = "Bytes that the instances may take, or a number with K, M, G or T: when they do, new ones are refused (A700H). The last "
            + "one may go beyond it. Once a minute, at most, it is looked whether there is room again.",
        HelpName = "size",
        CustomParser = ByteSize.Parse,
    };

    private readonly Option<bool> _doNotFlush = new("--no-flush")
    {
        Description = "Acknowledge what is in the system's cache, without waiting for the disk: what was acknowledged a moment before a loss of "
            + "power is lost.",
    };

    /// <param name="policies">What can be chosen for duplicates; the first is the default.</param>
    public StorageArguments(params DuplicatePolicy[] policies)
    {
        var names = policies.Select(policy => Policies.Single(named => named.Value == policy).Key).ToArray();
        _duplicates = new("--duplicates")
        {
            Description = "What becomes of an instance that has the UID of another one that is kept, but other bytes; reject: 0111H.",
            DefaultValueFactory = _ => names[0],
        };
        _duplicates.AcceptOnlyFromAmong(names);
    }

    /// <summary>Adds the options to a program's.</summary>
    public void AddTo(Command command)
    {
        command.Add(_duplicates);
        command.Add(_maximum);
        command.Add(_doNotFlush);
    }

    /// <summary>What is asked for.</summary>
    public StoragePolicy Policy(ParseResult arguments) => new()
    {
        Duplicates = Policies[arguments.GetRequiredValue(_duplicates)],
        FlushesToDisk = !arguments.GetValue(_doNotFlush),
        MaximumBytes = arguments.GetValue(_maximum),
    };
}
