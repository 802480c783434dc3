using System.Diagnostics;
using System.Text.Json;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>dcmjs-dimse, a stack in JavaScript, by the scripts of the folder Peers.</summary>
internal static class Dcmjs
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Has it send requests, in the form that scu.js tells of, over one association that is released in the end.</summary>
    /// <returns>The response to each, and what else it has received.</returns>
    public static async Task<DcmjsMessage[]> RequestAsync(string port, string called, params IEnumerable<object> requests)
    {
        await using var scu = StartScu(port, called, requests);
        await scu.ExitAsync(0);
        return [.. DcmjsMessage.In(scu.Lines)];
    }

    public static RunningProcess StartScu(string port, string called, params IEnumerable<object> requests) =>
        RunningProcess.Start(Script("scu.js", [port, called, .. requests.Select(request => JsonSerializer.Serialize(request, Json))]));

    /// <summary>How one of the scripts is run.</summary>
    public static ProcessStartInfo Script(string name, params IEnumerable<string> arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Peers", name);
        var command = new ProcessStartInfo(Require.Tool("nodejs", "node"), [path, .. arguments]);
        command.Environment["NODE_PATH"] = Require.NodeModules();
        return command;
    }
}
