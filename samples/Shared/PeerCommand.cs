using System.CommandLine;
using System.CommandLine.Parsing;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Samples;

/// <summary>The command line that all samples have in common.</summary>
internal abstract class PeerCommand : RootCommand
{
    private static readonly Dictionary<string, IpType> IpTypes =
        new() { ["4"] = IpType.IPv4, ["6"] = IpType.IPv6, ["both"] = IpType.IPv4OrIPv6 };

    private readonly Option<string> _ip = Defaulting("--ip", "both", "Families of addresses to use: 4, 6 or both.");
    private readonly Option<uint?> _maxPdu = Defaulting<uint?>("--max-pdu", null, "The longest P-DATA-TF to ask for, in bytes; 0: any.");
    private readonly TlsArguments _tls = new();
    private readonly Option<bool> _trace = Defaulting("--trace", false, "Write a line for each PDU to the standard error.");

    private readonly Option<string?> _traceFile = Defaulting<string?>(
        "--trace-file", null, "Record everything in a pcapng file, for Wireshark: patients' data too.");

    private PcapngTrace? _recording;
    private ILoggerFactory? _log;

    protected PeerCommand(string description, bool isServer, Option? destination = null)
        : base(description)
    {
        _ip.AcceptOnlyFromAmong([.. IpTypes.Keys]);
        Add(_ip);
        Add(_maxPdu);
        Add(_trace);
        Add(_traceFile);
        _tls.AddTo(this, isServer, destination);
    }

    protected static Option<T> Defaulting<T>(string name, T value, string description, Func<ArgumentResult, T>? parse = null) =>
        new(name) { Description = description, DefaultValueFactory = _ => value, CustomParser = parse };

    /// <summary>Runs the program, or says what is wrong with the arguments, or why it had to give up.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> RunAsync(string[] args, Func<ParseResult, Task<int>> program)
    {
        SetAction(async (arguments, _) =>
        {
            try
            {
                return await program(arguments);
            }
            catch (Exception error) when (error is DicomException or FormatException or IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(error.Message);
                return 1;
            }
            finally
            {
                if (_recording is not null)
                {
                    await _recording.DisposeAsync();
                }

                // The console is written to by a thread of its own, which the last line has to wait for.
                _log?.Dispose();
            }
        });

        // Null: Ctrl-C and SIGTERM are the program's own business.
        return Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    public IpType Ip(ParseResult arguments) => IpTypes[arguments.GetRequiredValue(_ip)];

    /// <summary>Sets what is announced to the peer, in a request as well as in an answer.</summary>
    public DicomAssociate Limit(DicomAssociate association, ParseResult arguments)
    {
        association.MaxLength = arguments.GetValue(_maxPdu) ?? association.MaxLength;
        return association;
    }

    /// <summary>How connections are secured: as the options say.</summary>
    public static DicomNetSecurityMode SecurityOf(DicomNetOptions options) =>
        options.Tls is null ? DicomNetSecurityMode.None : DicomNetSecurityMode.Tls;

    /// <exception cref="DicomException">A certificate or key cannot be read; the message says which.</exception>
    public virtual DicomNetOptions NetOptions(ParseResult arguments) => new()
    {
        Tls = _tls.Options(arguments),
        LoggerFactory = _log ??= LoggerFactory.Create(log => log
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(line => line.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning)),
        PduLayer = Traced(DicomPduLayer.Instance, arguments),
    };

    /// <summary>The layer, watched as the options say.</summary>
    public IPduLayer Traced(IPduLayer layer, ParseResult arguments)
    {
        if (arguments.GetValue(_trace))
        {
            layer = new TracingPduLayer(layer, pdu => Console.Error.WriteLine(pdu));
        }

        return arguments.GetValue(_traceFile) is { } file ? new PcapngPduLayer(layer, _recording ??= new(file)) : layer;
    }
}
