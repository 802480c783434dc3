using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Dicom.Net.Tool.Doctor;

/// <summary>Whether a peer that does not do what is wanted would do it with TLS, or without.</summary>
internal static class OtherProtocol
{
    /// <summary>Whether it answers a TLS handshake; whatever certificate it shows, since nothing is sent to it.</summary>
    public static async Task<bool> IsTlsAsync(IPEndPoint peer, TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(patience, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        try
        {
            using var client = new TcpClient(peer.AddressFamily);
            await client.ConnectAsync(peer, ended.Token);
            var hasCertificate = false;
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = "",
                RemoteCertificateValidationCallback = (_, certificate, _, _) => hasCertificate = certificate is not null,
            };
            await using var tls = new SslStream(client.GetStream());
            try
            {
                await tls.AuthenticateAsClientAsync(options, ended.Token);
            }
            catch (Exception error) when (hasCertificate && error is AuthenticationException or IOException)
            {
                // It wants a certificate of ours, say: it speaks TLS all the same.
            }

            return hasCertificate;
        }
        catch (Exception error) when (IsFailure(error) && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Whether it answers an associate request without TLS, with yes or no.</summary>
    public static async Task<bool> IsPlainAsync(
        IPEndPoint peer, DicomAssociationRequest request, DicomAssociationOptions options, CancellationToken stop)
    {
        try
        {
            await using var association = await DicomAssociation.OpenAsync(
                peer.Address.ToString(), peer.Port, request, options with { Network = options.Network with { Tls = null } }, stop);
            return true;
        }
        catch (DicomAssociateRejectException)
        {
            return true;
        }
        catch (DicomException)
        {
            return false;
        }
    }

    private static bool IsFailure(Exception error) =>
        error is AuthenticationException or IOException or SocketException or OperationCanceledException or InvalidOperationException;
}
