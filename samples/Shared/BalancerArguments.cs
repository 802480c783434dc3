using System.CommandLine;
using System.Net;

namespace Dicom.Net.Samples;

/// <summary>The part of an SCP's command line for several equal processes behind a balancer: docs/scaling.md.</summary>
internal sealed class BalancerArguments
{
    private readonly Option<IPNetwork[]> _proxies = LimitArguments.Networks(
        "--proxy", "Peers come through proxies here: every connection begins with a PROXY header, and others are closed.");

    private readonly Option<bool> _direct = new("--proxy-or-direct") { Description = "With --proxy: who comes from elsewhere is let in as he is." };
    private readonly Option<int?> _health = new("--health-port")
    {
        Description = "Port for a balancer's TCP checks: closed first when the program is to end.",
        CustomParser = result => WholeNumber.Port(result),
    };

    private readonly Option<string?> _activated = new("--activated")
    {
        Description = "Listen on the sockets that systemd hands over, all or those of this name, in place of --host and --port.",
        HelpName = "name",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _shares = new("--share-port") { Description = "Other processes may listen on the port too (SO_REUSEPORT)." };
    private readonly Option<int> _delay = new("--drain-delay")
    {
        Description = "Seconds to go on as before after SIGTERM, with the health port closed, until the balancer has noticed.",
        CustomParser = WholeNumber.Seconds,
    };

    /// <summary>Adds the options to a program's.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_proxies, _direct, _health, _activated, _shares, _delay];
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Sets what is asked for.</summary>
    public DicomNetOptions Apply(DicomNetOptions options, ParseResult arguments) => options with
    {
        ProxyProtocol = arguments.GetRequiredValue(_proxies) is { Length: > 0 } proxies
            ? new() { TrustedNetworks = proxies, AcceptsDirect = arguments.GetValue(_direct) }
            : null,
        HealthPort = arguments.GetValue(_health),
        Socket = new() { SharesPort = arguments.GetValue(_shares) },
    };

    /// <summary>Whether the sockets come from outside.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="name">Their name; null: all of them.</param>
    public bool IsActivated(ParseResult arguments, out string? name)
    {
        name = arguments.GetValue(_activated);
        return arguments.GetResult(_activated) is not null;
    }

    /// <summary>How long to go on when the program is to end.</summary>
    public TimeSpan DrainDelay(ParseResult arguments) => TimeSpan.FromSeconds(arguments.GetValue(_delay));
}
