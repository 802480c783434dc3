namespace Dicom.Net.Tests.Snippets;

/// <summary>What docs/tls.md shows, as it stands there.</summary>
internal static class TlsTasks
{
    public static DicomNet Listen(string folder, int port, DicomHandlers handlers)
    {
        var tls = DicomTlsOptions.FromPem("server.crt", "server.key");
        var scp = new DicomNet(folder, new DicomNetOptions { Tls = tls, Handlers = handlers });
        scp.Listen("*", port, 128, IpType.IPv4OrIPv6).ThrowIfFailed();
        return scp;
    }

    public static async Task EchoAsync(string host, int port, DicomAssociationRequest request)
    {
        var tls = new DicomTlsOptions { TrustedAuthorities = DicomTlsOptions.AuthoritiesFromPem("hospital-ca.crt") };
        await using var association = await DicomAssociation.OpenAsync(
            host, port, request, new DicomAssociationOptions { Network = new() { Tls = tls } });
        await association.EchoAsync();
    }

    public static (DicomTlsOptions Server, DicomTlsOptions Client) Mutual()
    {
        var authorities = DicomTlsOptions.AuthoritiesFromPem("hospital-ca.crt");
        var server = DicomTlsOptions.FromPem("server.crt", "server.key") with
        {
            ClientCertificateMode = DicomTlsClientCertificateMode.Required,
            TrustedAuthorities = authorities,
        };
        var client = DicomTlsOptions.FromPfx("ct1.pfx", Environment.GetEnvironmentVariable("CT1_PASSWORD")) with
        {
            TrustedAuthorities = authorities,
        };
        return (server, client);
    }

    public static DicomAdmission Titles(IReadOnlyDictionary<string, string[]> titles)
    {
        var admission = new DicomAdmission
        {
            CallingTitlesOf = certificate => titles.GetValueOrDefault(certificate.Subject),
        };
        return admission;
    }
}
