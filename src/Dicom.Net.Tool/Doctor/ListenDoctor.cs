using System.Net;
using System.Net.NetworkInformation;
using Dicom.Net.Tool.Output;
using Spectre.Console;

namespace Dicom.Net.Tool.Doctor;

/// <summary>Tells on which addresses and ports of this machine could be listened: it tries, for a moment each.</summary>
internal sealed class ListenDoctor(ToolOutput output)
{
    /// <summary>PS3.8 §9.1.2: 104 and 11112; PS3.15 §B.12: 2762 with TLS.</summary>
    private static readonly int[] DicomPorts = [104, 11112, 2762];

    /// <param name="port">The port; null: those that DICOM has registered.</param>
    public ToolResult Examine(int? port)
    {
        int[] ports = port is null ? DicomPorts : [port.Value];
        var trials = Addresses().Select(local => (Local: local, Results: ports.Select(tried => Try(local.Host, tried)).ToArray())).ToList();
        foreach (var (local, results) in trials)
        {
            foreach (var (tried, result) in ports.Zip(results))
            {
                output.Json("address", new { local.Host, local.Interface, Port = tried, IsFree = result.IsSuccess, Error = Text(result) });
            }
        }

        Show(trials, ports);
        return Result(trials, ports);
    }

    private void Show(List<((string Host, string Interface) Local, DicomNetResult[] Results)> trials, int[] ports)
    {
        var table = new Table { Border = output.HasUnicode ? TableBorder.Rounded : TableBorder.Ascii };
        foreach (var title in ports.Select(port => $"port {port}").Prepend("interface").Prepend("address"))
        {
            table.AddColumn(new TableColumn(ToolOutput.Cell(title, Tone.Strong)));
        }

        foreach (var (local, results) in trials)
        {
            var cells = results.Select(result => ToolOutput.Cell(Word(result), result.IsSuccess ? Tone.Good : Tone.Bad));
            table.AddRow([ToolOutput.Cell(local.Host), ToolOutput.Cell(local.Interface), .. cells]);
            if (!output.IsForPerson)
            {
                output.TabbedLine([local.Host, local.Interface, .. ports.Zip(results, (port, result) => $"{port} {Word(result)}")]);
            }
        }

        output.Draw(table);
        foreach (var reason in trials.SelectMany(trial => trial.Results).Where(result => !result.IsSuccess).Select(Text).Distinct())
        {
            output.Line(reason!, Tone.Doubtful);
        }
    }

    private static ToolResult Result(List<((string Host, string Interface) Local, DicomNetResult[] Results)> trials, int[] ports)
    {
        var free = ports.Where((_, at) => trials.Any(trial => trial.Results[at].IsSuccess)).ToArray();
        if (free.Length == 0)
        {
            return new(ExitCode.NoConnection, $"Nothing can listen on port {string.Join(" or ", ports)} of this machine.");
        }

        // 11112, if it is among them, wants neither a privilege nor TLS.
        var best = free.Contains(11112) ? 11112 : free[^1];
        var outside = trials.Select(trial => trial.Local.Host)
            .FirstOrDefault(host => IPAddress.TryParse(host, out var address) && !IPAddress.IsLoopback(address)) ?? "127.0.0.1";
        return new(
            ExitCode.Ok,
            $"Here: dicomnet listen --port {best}. Then, where the peers are: dicomnet doctor {outside} {best}. "
            + "A firewall between is seen from there alone.")
        {
            Facts = new { FreePorts = free },
        };
    }

    /// <summary>All addresses at once, and each by itself.</summary>
    private static IEnumerable<(string Host, string Interface)> Addresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus == OperationalStatus.Up || card.NetworkInterfaceType == NetworkInterfaceType.Loopback)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses.Select(unicast => (unicast.Address.ToString(), card.Name)))
        .Prepend(("*", "all"));

    private static DicomNetResult Try(string host, int port)
    {
        using var scp = new DicomNet(null, DicomNetSecurityMode.None);
        return scp.Listen(host, port, maxNumberOfPeers: 1, IpType.IPv4OrIPv6);
    }

    private static string? Text(DicomNetResult result) => result.IsSuccess ? null : result.Message;

    private static string Word(DicomNetResult result) => result.Code switch
    {
        DicomExceptionCode.Success => "free",
        DicomExceptionCode.NetAddressInUse => "in use",
        DicomExceptionCode.NetAccessDenied => "forbidden",
        DicomExceptionCode.NetAddressNotAvailable => "not ours",
        _ => "no",
    };
}
