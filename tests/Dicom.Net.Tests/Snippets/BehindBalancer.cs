using System.Net;

namespace Dicom.Net.Tests.Snippets;

/// <summary>docs/scaling.md's node, as it stands there.</summary>
internal static class BehindBalancer
{
    public static DicomNet Start(string host, int port, IPNetwork proxies)
    {
        var options = new DicomNetOptions
        {
            ProxyProtocol = new() { TrustedNetworks = [proxies] },
            HealthPort = port == 0 ? 0 : port + 1,
        };
        var scp = new DicomNet(null, DicomNetSecurityMode.None, options);
        scp.AssociateRequestReceived += (_, e) => e.Accept(DicomUids.Verification, DicomUids.CTImageStorage);
        scp.Listen(host, port, 128, IpType.IPv4OrIPv6).ThrowIfFailed();
        return scp;
    }

    public static string NameOf(DicomNet connection)
    {
        if (connection.ProxyHeader?.Tls is { IsVerified: true } tls)
        {
            return $"{tls.CommonName} at {connection.PeerAddress}";
        }

        return connection.PeerAddress;
    }

    public static Task StopAsync(DicomNet scp) =>
        scp.CloseAsync(deadline: TimeSpan.FromSeconds(60), rejectNewcomers: false, delay: TimeSpan.FromSeconds(5));
}
