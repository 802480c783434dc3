using System.CommandLine;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Tool.Output;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tool.Options;

/// <summary>The part of the command line about connections: families of addresses, TLS, and what is told of them.</summary>
internal sealed class NetworkArguments
{
    private static readonly Dictionary<string, IpType> IpTypes =
        new() { ["4"] = IpType.IPv4, ["6"] = IpType.IPv6, ["both"] = IpType.IPv4OrIPv6 };

    private readonly Option<string> _ip = new("--ip")
    {
        Description = "Families of addresses to use: 4, 6 or both.",
        DefaultValueFactory = _ => "both",
    };

    private readonly Option<bool> _trace = new("--trace") { Description = "Write a line for each PDU to the standard error." };
    private readonly Option<string?> _traceFile = new("--trace-file")
    {
        Description = "Record everything in a pcapng file, for Wireshark and dicomnet trace: patients' data too.",
        HelpName = "file",
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Write the library's log to the standard error." };
    private readonly TlsArguments _tls = new();

    public void AddTo(Command command, bool isServer)
    {
        _ip.AcceptOnlyFromAmong([.. IpTypes.Keys]);
        _traceFile.Validators.Add(NotEmpty.Require("a file"));
        command.Add(_ip);
        _tls.AddTo(command, isServer);
        command.Add(_trace);
        command.Add(_traceFile);
        command.Add(_verbose);
    }

    public IpType Ip(ParseResult arguments) => IpTypes[arguments.GetRequiredValue(_ip)];

    /// <summary>What was asked for; to be disposed of when all connections have ended.</summary>
    /// <exception cref="DicomException">A certificate or key cannot be read; the message says which.</exception>
    /// <exception cref="IOException">The file of the trace cannot be created.</exception>
    public Network Open(ParseResult arguments, ToolOutput output, TimeProvider clock)
    {
        var log = new LineLog(output, arguments.GetValue(_verbose) ? LogLevel.Debug : LogLevel.Error);
        var tls = _tls.Options(arguments);
        IPduLayer layer = DicomPduLayer.Instance;
        if (arguments.GetValue(_trace))
        {
            layer = new TracingPduLayer(layer, pdu => output.Error(pdu.ToString(), Tone.Faint));
        }

        var recording = arguments.GetValue(_traceFile) is { } file ? new PcapngTrace(file) : null;
        return new(recording)
        {
            Options = new()
            {
                Tls = tls,
                TimeProvider = clock,
                LoggerFactory = log,
                PduLayer = recording is null ? layer : new PcapngPduLayer(layer, recording),
            },
        };
    }
}
