using System.CommandLine;
using Dicom.Net.Associations;
using Dicom.Net.Diagnostics;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Trace;

namespace Dicom.Net.Tool.Commands;

/// <summary>Shows the PDUs of a recorded session, or of connections that it relays.</summary>
internal sealed class TraceCommand : ToolCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "A recording (pcapng) of --trace-file, of this command's --out, or of Wireshark and dumpcap.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int?> _listen = new("--listen")
    {
        Description = "Relay instead: listen on this port, and pass on to --to what comes; 0: the first free one.",
        HelpName = "port",
    };

    private readonly Option<string> _host = Defaulting("--host", "*", "With --listen: address or name to listen on; *: all addresses.");
    private readonly Option<PeerName?> _to = new("--to")
    {
        Description = "With --listen: the peer that is meant.",
        HelpName = "host:port",
        CustomParser = PeerName.Parse,
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "With --listen: record in a pcapng file, too: patients' data, unless --mask is given.",
        HelpName = "file",
    };

    private readonly Option<bool> _mask = Defaulting("--mask", false, "With --out: make zeros of all data sets.");

    public TraceCommand()
        : base("trace", "Shows the PDUs of a recorded session, or of connections that it relays.")
    {
        _file.Validators.Add(NotEmpty.Require("a recording"));
        _out.Validators.Add(NotEmpty.Require("a file"));
        Add(_file);
        Option[] options = [_listen, _host, _to, _out, _mask];
        foreach (var option in options)
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            var relays = result.GetResult(_listen) is not null && result.GetResult(_to) is not null;
            if (relays == result.GetResult(_file) is { Tokens.Count: > 0 })
            {
                result.AddError("Give a FILE, or --listen and --to.");
            }
        });
    }

    public override Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop) =>
        arguments.GetValue(_file) is { } file ? Task.FromResult(Read(file, output, stop)) : RelayAsync(arguments, output, stop);

    private static ToolResult Read(string path, ToolOutput output, CancellationToken stop)
    {
        var view = new TraceView(output);
        try
        {
            using var file = File.OpenRead(path);
            foreach (var pdu in PduTraceFile.Read(file))
            {
                stop.ThrowIfCancellationRequested();
                view.Add(pdu);
            }
        }
        catch (InvalidDataException error)
        {
            return new(ExitCode.BadUse, $"{path}: {error.Message}");
        }

        return Result(view);
    }

    private async Task<ToolResult> RelayAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        var peer = arguments.GetValue(_to)!;
        var view = new TraceView(output);
        IPduLayer layer = new TracingPduLayer(new RelayPduLayer(peer.Host, peer.Port, output), view.Add);
        var recording = arguments.GetValue(_out) is { } path
            ? new PcapngTrace(path, new() { MasksDataSets = arguments.GetValue(_mask) })
            : null;
        await using var written = recording;
        using var relay = new DicomNet(
            null, DicomNetSecurityMode.None, new() { PduLayer = recording is null ? layer : new PcapngPduLayer(layer, recording) });
        var result = relay.Listen(arguments.GetValue(_host), arguments.GetValue(_listen)!.Value, maxNumberOfPeers: 128, IpType.IPv4OrIPv6);
        if (!result.IsSuccess)
        {
            return new(Failure.CodeOf(result.Code), result.Message);
        }

        output.Json("listening", new { Port = relay.HostPort });
        output.Line($"Listening on port {relay.HostPort}; what comes goes on to {peer.Host}, port {peer.Port}. Ctrl-C ends.");
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await relay.CloseAsync(TimeSpan.Zero);
        return Result(view);
    }

    private static ToolResult Result(TraceView view) => new(ExitCode.Ok, Sizes.Count(view.Count, "PDU")) { Facts = new { Pdus = view.Count } };
}
