using System.Collections.Concurrent;
using System.Net;

namespace Dicom.Net.Soak.Cluster;

/// <summary>An SCP that C-MOVE sends to; it counts, and keeps nothing.</summary>
internal sealed class MoveDestination : IDisposable
{
    public const string Title = "SOAKDEST";

    private readonly DicomNet _scp = new(null, DicomNetSecurityMode.None);
    private readonly ConcurrentDictionary<string, bool> _received = new();

    public MoveDestination()
    {
        _scp.AssociateRequestReceived += (_, request) => request.Accept(request.Association.CreateAcceptAll());
        _scp.CStoreRequestReceived += (_, request) =>
        {
            _received[request.Instance] = true;
            request.Respond(DicomCommandStatusType.Success);
        };
        _scp.Listen($"{IPAddress.Loopback}", 0, 16, IpType.IPv4).ThrowIfFailed();
    }

    public int Port => _scp.HostPort;

    /// <summary>The UIDs of what has come since the last call.</summary>
    public HashSet<string> Take()
    {
        var received = _received.Keys.ToHashSet();
        _received.Clear();
        return received;
    }

    public void Dispose() => _scp.Dispose();
}
