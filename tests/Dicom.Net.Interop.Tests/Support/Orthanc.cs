using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>
/// Orthanc, an archive: SCP of C-ECHO, C-STORE, C-FIND, C-GET and C-MOVE, and SCU of all that its REST interface is asked for. It answers
/// whoever calls, whatever they call it.
/// </summary>
public sealed class Orthanc : IPeer<Orthanc>
{
    public const string Title = "ORTHANC";

    private readonly TestFolder _folder;
    private readonly RunningProcess _process;
    private readonly HttpClient _rest;

    private Orthanc(TestFolder folder, RunningProcess process, string port, string httpPort)
    {
        _folder = folder;
        _process = process;
        _rest = new() { BaseAddress = new($"http://127.0.0.1:{httpPort}/"), Timeout = Timeouts.Default };
        Port = port;
    }

    /// <summary>Where it listens for associations.</summary>
    public string Port { get; }

    public static async Task<Orthanc> StartAsync()
    {
        var program = Require.Tool("orthanc", "Orthanc");
        var folder = new TestFolder();
        var (port, httpPort) = (ForeignPort.FreeText(), ForeignPort.FreeText());
        var configuration = folder.PathOf("orthanc.json");
        await File.WriteAllTextAsync(configuration, Configuration(folder.Path, port, httpPort).ToJsonString());
        var process = RunningProcess.Start(new ProcessStartInfo(program, [configuration]));
        await process.LineAsync(line => line.EndsWith("Orthanc has started", StringComparison.Ordinal));
        return new(folder, process, port, httpPort);
    }

    /// <summary>Tells it of a peer; from then on it is called so in what follows.</summary>
    public Task KnowAsync(string title, string port) =>
        SendAsync(HttpMethod.Put, $"modalities/{title}", new JsonArray(title, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture)));

    /// <summary>Has it ask a peer with a C-ECHO.</summary>
    public Task EchoAsync(string title) => PostAsync($"modalities/{title}/echo", new JsonObject());

    /// <summary>Adds a file by REST.</summary>
    /// <returns>Its own identifier of the instance.</returns>
    public async Task<string> AddAsync(string file)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file));
        using var response = await _rest.PostAsync(new Uri("instances", UriKind.Relative), content);
        return (await ReadAsync(response))!["ID"]!.GetValue<string>();
    }

    /// <summary>Has it send instances to a peer, and awaits the end.</summary>
    public Task StoreAsync(string title, IEnumerable<string> ids) =>
        PostAsync($"modalities/{title}/store", new JsonArray([.. ids.Select(id => JsonValue.Create(id))]));

    /// <summary>Writes what it has of an instance into a file.</summary>
    public async Task SaveAsync(string instance, string path)
    {
        var found = await PostAsync("tools/lookup", JsonValue.Create(instance), plain: true);
        var id = Assert.Single(found!.AsArray())!["ID"]!.GetValue<string>();
        await File.WriteAllBytesAsync(path, await _rest.GetByteArrayAsync(new Uri($"instances/{id}/file", UriKind.Relative)));
    }

    /// <summary>Asks by REST for something to be done. A text that is plain is sent as it is, not as JSON.</summary>
    public Task<JsonNode?> PostAsync(string path, JsonNode content, bool plain = false) => SendAsync(HttpMethod.Post, path, content, plain);

    public Task<JsonNode?> GetAsync(string path) => SendAsync(HttpMethod.Get, path, content: null);

    public async ValueTask DisposeAsync()
    {
        _rest.Dispose();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static JsonObject Configuration(string folder, string port, string httpPort) => new()
    {
        ["StorageDirectory"] = folder,
        ["IndexDirectory"] = folder,
        ["DicomAet"] = Title,
        ["DicomPort"] = int.Parse(port, CultureInfo.InvariantCulture),
        ["HttpPort"] = int.Parse(httpPort, CultureInfo.InvariantCulture),
        ["RemoteAccessAllowed"] = false,
        ["AuthenticationEnabled"] = false,
        ["DicomAlwaysAllowEcho"] = true,
        ["DicomAlwaysAllowStore"] = true,
        ["DicomAlwaysAllowFind"] = true,
        ["DicomAlwaysAllowGet"] = true,
        ["DicomAlwaysAllowMove"] = true,
        ["UnknownSopClassAccepted"] = true,
        ["SynchronousCMove"] = true,
    };

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? content, bool plain = false)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = plain ? new StringContent(content!.ToString()) : content is null ? null : JsonContent.Create(content),
        };
        using var response = await _rest.SendAsync(request);
        return await ReadAsync(response);
    }

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{response.RequestMessage?.RequestUri}: {(int)response.StatusCode}\n{text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
