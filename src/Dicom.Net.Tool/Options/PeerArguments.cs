using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Options;

/// <summary>The part of the command line that says whom to call, as whom, and how long to wait.</summary>
internal sealed class PeerArguments
{
    private readonly Argument<string> _host = new("HOST") { Description = "The peer's address or name." };
    private readonly Argument<int> _port = new("PORT") { Description = "The peer's port." };
    private readonly Option<string> _called = Title("--called", "--aec", "ANY-SCP", "The peer's AE title.");
    private readonly Option<string> _calling = Title("--calling", "--aet", "DICOMNET", "This side's AE title.");
    private readonly Option<double?> _timeout = new("--timeout")
    {
        Description = "Seconds to wait for the connection, for the association, and for each response.",
        HelpName = "seconds",
        CustomParser = Seconds,
    };

    private readonly NetworkArguments _network = new();

    /// <summary>How long a response may take where the command line does not say; infinite for what may take hours.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the connection and the association may take where the command line does not say; null: the library's limits.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>Whether HOST and PORT may be left out.</summary>
    public bool IsOptional { get; init; }

    public PeerArguments AddTo(Command command)
    {
        _host.Validators.Add(NotEmpty.Require("the peer's address or name"));
        _port.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is < 1 or > 65535)
            {
                result.AddError("PORT is a number from 1 to 65535.");
            }
        });
        if (IsOptional)
        {
            _host.Arity = _port.Arity = ArgumentArity.ZeroOrOne;
        }

        command.Add(_host);
        command.Add(_port);
        command.Add(_called);
        command.Add(_calling);
        command.Add(_timeout);
        _network.AddTo(command, isServer: false);
        return this;
    }

    /// <summary>Whether HOST and PORT are there.</summary>
    public bool IsNamed(CommandResult result) => result.GetResult(_port) is { Tokens.Count: > 0 };

    public string Host(ParseResult arguments) => arguments.GetRequiredValue(_host);

    public int Port(ParseResult arguments) => arguments.GetRequiredValue(_port);

    public IpType Ip(ParseResult arguments) => _network.Ip(arguments);

    /// <summary>A request without presentation contexts as yet.</summary>
    public DicomAssociationRequest Request(ParseResult arguments) =>
        new(arguments.GetRequiredValue(_calling), arguments.GetRequiredValue(_called));

    /// <summary>What the connections have in common, time limits on a clock among it; to be disposed of after them.</summary>
    public Network Open(ParseResult arguments, ToolOutput output, TimeProvider clock)
    {
        var network = _network.Open(arguments, output, clock);
        var said = arguments.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var options = network.Options with { ResponseTimeout = said ?? ResponseTimeout };
        return (said ?? ConnectTimeout) is not { } limit ? network.With(options) : network.With(options with
        {
            ConnectTimeout = limit,
            MessageTimeout = limit,
            Tls = options.Tls is { } tls ? tls with { HandshakeTimeout = limit } : null,
        });
    }

    /// <summary>How an association behaves: failures are told by their status, and not thrown.</summary>
    public DicomAssociationOptions AssociationOptions(ParseResult arguments, Network network) => new()
    {
        Network = network.Options,
        IpType = Ip(arguments),
        ThrowsOnFailure = false,
    };

    public Task<DicomAssociation> OpenAsync(
        ParseResult arguments, Network network, DicomAssociationRequest request, CancellationToken stop) => DicomAssociation.OpenAsync(
            Host(arguments), Port(arguments), request, AssociationOptions(arguments, network), stop);

    /// <summary>Whether an option's value is an AE title.</summary>
    public static void RequireTitle(OptionResult result)
    {
        try
        {
            // What a title is, the library knows.
            _ = new DicomAssociationRequest(result.GetValueOrDefault<string>() ?? "", "X");
        }
        catch (ArgumentException error)
        {
            result.AddError($"{result.Option.Name}: {error.Message}");
        }
    }

    private static Option<string> Title(string name, string alias, string value, string description)
    {
        var option = new Option<string>(name, alias) { Description = description, HelpName = "title", DefaultValueFactory = _ => value };
        option.Validators.Add(RequireTitle);
        return option;
    }

    private static double? Seconds(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 1e6)
        {
            return seconds;
        }

        result.AddError($"'{text}' is no number of seconds.");
        return null;
    }
}
