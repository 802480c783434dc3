using Dicom.Net.Tests.Support;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>Both ends of a secure link on this machine, and what lies below it.</summary>
internal sealed record TlsPair(TlsConnection Client, TlsConnection Server, SocketConnection BelowClient, SocketConnection BelowServer)
    : IAsyncDisposable
{
    public static DicomTlsOptions ServerOptions => new() { Certificate = TlsTestAuthority.Server };

    public static DicomTlsOptions ClientOptions => new() { TrustedAuthorities = TlsTestAuthority.Trusted.AsTrusted };

    public static async Task<TlsPair> CreateAsync(DicomTlsOptions? client = null)
    {
        var (requestor, acceptor) = await Loopback.ConnectedPairAsync();
        var belowClient = new SocketConnection(requestor);
        var belowServer = new SocketConnection(acceptor);
        var securing = TlsHandshake.RunAsync(
            belowServer, (ServerOptions with { HandshakeTimeout = Timeout.InfiniteTimeSpan }).ToSettings(), new(IsServer: false, null, found => found.IsOk), TimeProvider.System);
        var secured = await TlsHandshake.RunAsync(
            belowClient, ((client ?? ClientOptions) with { HandshakeTimeout = Timeout.InfiniteTimeSpan }).ToSettings(), new(IsServer: true, "127.0.0.1", found => found.IsOk), TimeProvider.System)
            .WithTimeout();
        return new(secured, await securing.WithTimeout(), belowClient, belowServer);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}
