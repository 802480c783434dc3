using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace Dicom.Net.Samples;

/// <summary>The part of an SCP's command line that says how much peers may take, and who may come in. What is not said is not limited.</summary>
internal sealed class LimitArguments
{
    private readonly Option<int> _associations = Count("--max-associations", "Associations at once; who asks for more is rejected (2/3/2).");
    private readonly Option<int> _perAddress = Count("--max-per-address", "Associations at once from one address (2/3/2).");
    private readonly Option<int> _perTitle = Count("--max-per-title", "Associations at once of one calling AE title (2/3/2).");
    private readonly Option<long> _instance = new("--max-instance")
    {
        Description = "Bytes of an instance, or a number with K, M, G or T; what is larger is refused (A700H).",
        HelpName = "size",
        CustomParser = ByteSize.Parse,
    };

    private readonly Option<int?> _idle = new("--idle-timeout")
    {
        Description = "Seconds without a message after which an association is released; 0: never; default: a day.",
        CustomParser = result => WholeNumber.Seconds(result),
    };

    private readonly Option<IPNetwork[]> _allow = Networks("--allow", "Where peers may come from: an address, or a network as 192.0.2.0/24; others are closed.");
    private readonly Option<IPNetwork[]> _deny = Networks("--deny", "Where they may not come from, though that is allowed.");
    private readonly Option<string[]> _called = Titles("--called", "AE title of this side: who calls another is rejected (1/1/7).");
    private readonly Option<string[]> _calling = Titles("--calling", "AE title that a peer may have: others are rejected (1/1/3).");

    public LimitArguments() => _called.Aliases.Add("--aet");

    /// <summary>Adds the options to a program's.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_associations, _perAddress, _perTitle, _instance, _idle, _allow, _deny, _called, _calling];
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Sets what is asked for.</summary>
    public DicomNetOptions Apply(DicomNetOptions options, ParseResult arguments) => options with
    {
        Limits = options.Limits with
        {
            MaximumAssociations = arguments.GetValue(_associations),
            MaximumAssociationsPerAddress = arguments.GetValue(_perAddress),
            MaximumAssociationsPerCallingTitle = arguments.GetValue(_perTitle),
            MaximumDataSetLength = arguments.GetValue(_instance),
        },
        IdleTimeout = arguments.GetValue(_idle) switch
        {
            null => options.IdleTimeout,
            0 => Timeout.InfiniteTimeSpan,
            { } seconds => TimeSpan.FromSeconds(seconds),
        },
        Admission = new()
        {
            AllowedNetworks = arguments.GetRequiredValue(_allow),
            DeniedNetworks = arguments.GetRequiredValue(_deny),
            CalledTitles = arguments.GetRequiredValue(_called),
            CallingTitles = arguments.GetRequiredValue(_calling),
        },
    };

    private static Option<int> Count(string name, string description) => new(name) { Description = description, CustomParser = WholeNumber.Count };

    /// <summary>An option for networks, or addresses, as often as wanted.</summary>
    public static Option<IPNetwork[]> Networks(string name, string description) => new(name)
    {
        Description = $"{description} Repeatable.",
        HelpName = "network",
        CustomParser = result => [.. result.Tokens.Select(token => Network(token.Value, result))],
        DefaultValueFactory = _ => [],
    };

    private static IPNetwork Network(string text, ArgumentResult result)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return new(address, 8 * address.GetAddressBytes().Length);
        }

        if (!IPNetwork.TryParse(text, out var network))
        {
            result.AddError($"'{text}' is no network: give an address, or a network as 192.0.2.0/24 or 2001:db8::/32.");
        }

        return network;
    }

    // What a title is, the library knows.
    private static Option<string[]> Titles(string name, string description)
    {
        var option = new Option<string[]>(name)
        {
            Description = $"{description} Repeatable.",
            HelpName = "title",
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            try
            {
                _ = new DicomAdmission { CalledTitles = result.GetValueOrDefault<string[]>() ?? [] };
            }
            catch (ArgumentException error)
            {
                result.AddError(error.Message);
            }
        });
        return option;
    }
}
