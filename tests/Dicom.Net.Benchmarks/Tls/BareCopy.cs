using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Dicom.Net.Benchmarks.Tls;

/// <summary>
/// The least that can be done to bring bytes over TLS with .NET: an <see cref="SslStream"/> at each end, one block after the other, each
/// answered by a few bytes as a C-STORE is.
/// </summary>
/// <param name="certificate">The server's.</param>
/// <param name="blockSize">How many bytes are sent before an answer is awaited.</param>
internal sealed class BareCopy(X509Certificate2 certificate, int blockSize)
{
    /// <summary>About a C-STORE-RSP.</summary>
    private const int AnswerSize = 150;

    /// <summary>As large as the largest PDU that our server takes.</summary>
    private const int ReadSize = 128 * 1024;

    // What our options come to.
    private static readonly CipherSuitesPolicy? Suites =
        OperatingSystem.IsWindows() || OperatingSystem.IsAndroid() ? null : new([TlsCipherSuite.TLS_AES_128_GCM_SHA256]);

    public async Task<LoadResult> RunAsync(int warm, int count)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, warm + count);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        await using var ssl = new SslStream(client.GetStream());
        await ssl.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            EnabledSslProtocols = MeasuredCertificate.Protocol,
            CipherSuitesPolicy = Suites,
            CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate } },
        });

        var block = new byte[blockSize];
        await SendAsync(ssl, block, warm);
        var start = Stopwatch.GetTimestamp();
        await SendAsync(ssl, block, count);
        var duration = Stopwatch.GetElapsedTime(start);
        await serving;
        return LoadResult.Of(count, duration);
    }

    private static async Task SendAsync(SslStream ssl, byte[] block, int count)
    {
        var answer = new byte[AnswerSize];
        for (var i = 0; i < count; i++)
        {
            await ssl.WriteAsync(block);
            await ssl.ReadExactlyAsync(answer);
        }
    }

    private async Task ServeAsync(TcpListener listener, int count)
    {
        using var client = await listener.AcceptTcpClientAsync();
        client.NoDelay = true;
        await using var ssl = new SslStream(client.GetStream());
        await ssl.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            EnabledSslProtocols = MeasuredCertificate.Protocol,
            CipherSuitesPolicy = Suites,
        });

        var buffer = new byte[ReadSize];
        var answer = new byte[AnswerSize];
        for (var i = 0; i < count; i++)
        {
            for (var missing = blockSize; missing > 0;)
            {
                missing -= await ssl.ReadAsync(buffer.AsMemory(0, Math.Min(missing, buffer.Length)));
            }

            await ssl.WriteAsync(answer);
        }
    }
}
