using Dicom.Net.Soak.Instances;
using Dicom.Net.Soak.Servers;

namespace Dicom.Net.Soak.Mixture;

/// <summary>Two StoreScps, a plain one and one with TLS, and what they have acknowledged.</summary>
internal sealed class SoakedServers(ServerProcess plain, ServerProcess secure, DicomTlsOptions tls, ScratchFolder scratch) : IAsyncDisposable
{
    public ServerProcess Plain => plain;

    public ServerProcess Secure => secure;

    /// <summary>How a peer secures its connection to the second one.</summary>
    public DicomTlsOptions Tls => tls;

    public Ledger PlainLedger { get; } = new();

    public Ledger SecureLedger { get; } = new();

    public static async Task<SoakedServers> StartAsync(ScratchFolder scratch)
    {
        var certificate = SelfSigned.Create(scratch.PathOf("certificate.pem"));
        var tls = new DicomTlsOptions { TrustedAuthorities = DicomTlsOptions.AuthoritiesFromPem(certificate) };
        var plain = await ServerProcess.StartAsync("StoreScp", "--out", scratch.Sub("plain"));
        try
        {
            var secure = await ServerProcess.StartAsync("StoreScp", "--out", scratch.Sub("secure"), "--tls", "--cert", certificate);
            return new(plain, secure, tls, scratch);
        }
        catch
        {
            await plain.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends both in good order.</summary>
    /// <returns>How many instances there are, and what is wrong.</returns>
    public async Task<(int Whole, List<string> Faults)> EndAsync()
    {
        var faults = new List<string>();
        var whole = 0;
        foreach (var (server, folder, ledger) in new[] { (plain, "plain", PlainLedger), (secure, "secure", SecureLedger) })
        {
            if (await server.TerminateAsync() is not 0 and var code)
            {
                faults.Add($"The {folder} server ended with {code}");
            }

            var kept = KeptInstances.Check(scratch.PathOf(folder), ledger.Acknowledged, mayBePartial: false);
            whole += kept.Whole;
            faults.AddRange(kept.Faults);
        }

        return (whole, faults);
    }

    public async ValueTask DisposeAsync()
    {
        await plain.DisposeAsync();
        await secure.DisposeAsync();
    }
}
