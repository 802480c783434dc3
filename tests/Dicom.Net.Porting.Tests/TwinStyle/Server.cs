#nullable disable
using System.Collections.Concurrent;
using Dicom.Net; // was: using Leadtools.Dicom;

namespace PacsServer;

/// <summary>The listening object: makes an object for each client, and knows them all.</summary>
public class Server : DicomNet
{
    private readonly ConcurrentDictionary<DicomNet, Client> _clients = new ConcurrentDictionary<DicomNet, Client>();

    public Server(string path, DicomNetSecurityMode mode)
        : base(path, mode)
    {
        ThrowOnError = true;
    }

    /// <summary>Where a C-MOVE may send to: AE title to port of this machine.</summary>
    public Dictionary<string, int> Destinations { get; } = new Dictionary<string, int>();

    public string ImageFolder { get; set; }

    public int MaximumClients { get; set; } = 10;

    public List<string> Log { get; } = new List<string>();

    protected override void OnAccept(DicomExceptionCode error)
    {
        if (error != DicomExceptionCode.Success)
        {
            return;
        }

        Client client = new Client(this, null, DicomNetSecurityMode.None);
        try
        {
            _clients.TryAdd(client, client);
            Accept(client);
        }
        catch (DicomException ex)
        {
            Write("Accept failed: " + ex.Code);
            _clients.TryRemove(client, out Client _);
            client.Close();
            client.Dispose();
        }
    }

    protected override void OnClose(DicomExceptionCode error, DicomNet net)
    {
        if (net != null && _clients.TryRemove(net, out Client client))
        {
            Write("Closed " + client.PeerAddress);
            client.Dispose();
        }
    }

    public void Write(string line)
    {
        lock (Log)
        {
            Log.Add(line);
        }
    }
}
