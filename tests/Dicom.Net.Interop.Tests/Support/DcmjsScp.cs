namespace Dicom.Net.Interop.Tests.Support;

/// <summary>An SCP on dcmjs-dimse: Peers/scp.js says what it does.</summary>
public sealed class DcmjsScp : IPeer<DcmjsScp>
{
    private readonly TestFolder _folder;
    private readonly RunningProcess _process;

    private DcmjsScp(TestFolder folder, RunningProcess process, string port)
    {
        _folder = folder;
        _process = process;
        Port = port;
    }

    public string Port { get; }

    public static async Task<DcmjsScp> StartAsync()
    {
        const string announcement = "Listening on ";
        Require.NodeModules();
        var folder = new TestFolder();
        var process = RunningProcess.Start(Dcmjs.Script("scp.js", folder.Path));
        var line = await process.LineAsync(line => line.StartsWith(announcement, StringComparison.Ordinal));
        return new(folder, process, line[announcement.Length..]);
    }

    /// <summary>The data set of an instance that was stored, as it was received.</summary>
    public byte[] DataSetOf(string instance) => File.ReadAllBytes(_folder.PathOf(instance));

    /// <summary>Awaits the response to the notification that it has sent of an action on an instance.</summary>
    internal async Task<DcmjsMessage> EventResponseAsync(string instance) => DcmjsMessage.Parse(await _process.LineAsync(
        line => DcmjsMessage.IsOne(line) && DcmjsMessage.Parse(line).Instance == instance));

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
