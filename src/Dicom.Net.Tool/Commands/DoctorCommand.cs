using System.CommandLine;
using Dicom.Net.Tool.Doctor;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Commands;

/// <summary>Finds out why a peer cannot be reached, or where could be listened.</summary>
internal sealed class DoctorCommand : ToolCommand
{
    private readonly PeerArguments _peer;
    private readonly Option<bool> _listen = Defaulting("--listen", false, "Tell on which addresses and ports of this machine could be listened.");
    private readonly Option<int?> _port = Number<int?>(
        "--port", null, 1, 65535, "With --listen: the port to try; default: DICOM's registered ones.");

    public DoctorCommand()
        : base("doctor", "Says at which step the way to a peer fails, why, and what to do; or where could be listened.")
    {
        _peer = new PeerArguments { IsOptional = true, ResponseTimeout = Patience, ConnectTimeout = Patience }.AddTo(this);
        Add(_listen);
        Add(_port);
        Validators.Add(result =>
        {
            if (!result.GetValue(_listen) && !_peer.IsNamed(result))
            {
                result.AddError("Give HOST and PORT of a peer, or --listen.");
            }
        });
    }

    // Arbitrary: who waits for a doctor does not want to wait for long.
    private static TimeSpan Patience => TimeSpan.FromSeconds(10);

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        if (arguments.GetValue(_listen))
        {
            return new ListenDoctor(output).Examine(arguments.GetValue(_port));
        }

        await using var network = _peer.Open(arguments, output, Clock);
        return await new PeerDoctor(
            _peer.Host(arguments), _peer.Port(arguments), _peer.Request(arguments), _peer.AssociationOptions(arguments, network),
            new DoctorReport(output)).ExamineAsync(stop);
    }
}
