using System.Diagnostics;
using System.Net;
using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Doctor;

/// <summary>
/// Examines the way to a peer, step by step: its name, a bare connection to each of its addresses, TLS, the association, C-ECHO. It stops at the
/// step that fails.
/// </summary>
internal sealed class PeerDoctor(
    string host, int port, DicomAssociationRequest request, DicomAssociationOptions options, DoctorReport report)
{
    private readonly TimeSpan _patience = options.Network.ConnectTimeout;
    private readonly TimeProvider _clock = options.Network.TimeProvider;
    private readonly DicomAssociationRequest _request = request.With(DicomUids.Verification);

    public async Task<ToolResult> ExamineAsync(CancellationToken stop)
    {
        var (named, addresses) = await PeerAddresses.FindAsync(host, options.IpType, _patience, _clock, stop);
        if (!report.Tell(named))
        {
            return Result(named);
        }

        var (reached, worst) = await ReachAsync(addresses, stop);
        foreach (var peer in reached.DistinctBy(peer => peer.AddressFamily))
        {
            if (await ExamineAsync(peer, stop) is { } failure)
            {
                report.Tell(failure);
                worst = failure;
            }
        }

        return Result(worst);
    }

    /// <summary>Tries all addresses at once. That some do not answer is doubtful: who tries them first waits for nothing.</summary>
    private async Task<(List<IPEndPoint> Reached, Finding? Worst)> ReachAsync(IPAddress[] addresses, CancellationToken stop)
    {
        IPEndPoint[] peers = [.. addresses.Select(address => new IPEndPoint(address, port))];
        var findings = await Task.WhenAll(peers.Select(peer => PeerReach.TryAsync(peer, _patience, _clock, stop)));
        var reached = peers.Where((_, at) => findings[at].Verdict == Verdict.Good).ToList();
        foreach (var finding in findings)
        {
            report.Tell(reached.Count > 0 && finding.Verdict == Verdict.Bad ? finding with { Verdict = Verdict.Doubtful } : finding);
        }

        return (reached, reached.Count > 0 ? null : findings[0]);
    }

    /// <returns>What went wrong; null where nothing did.</returns>
    private async Task<Finding?> ExamineAsync(IPEndPoint peer, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var (opened, failure) = await AssociateAsync(peer, stop);
        if (opened is null)
        {
            return failure;
        }

        await using var association = opened;
        TellLink(association.SecureLink);
        report.Tell(Finding.Good(
            "associate", $"{_request.Called} at {peer.Address} accepts, {Sizes.Time(Stopwatch.GetElapsedTime(began))}."));
        failure = await EchoAsync(association, stop);
        if (failure is null)
        {
            await ReleaseAsync(association, stop);
        }

        return failure;
    }

    private async Task<(DicomAssociation? Association, Finding? Failure)> AssociateAsync(IPEndPoint peer, CancellationToken stop)
    {
        try
        {
            return (await DicomAssociation.OpenAsync(peer.Address.ToString(), port, _request, Options(), stop), null);
        }
        catch (DicomAssociateRejectException error)
        {
            return (null, Advice.Of(error, _request));
        }
        catch (DicomException error) when (error.Code
            is DicomExceptionCode.TlsHandshake or DicomExceptionCode.TlsPeerCertificate or DicomExceptionCode.TlsSetup
                or DicomExceptionCode.TlsTimeout)
        {
            return (null, Advice.OfTls(error, await OtherProtocol.IsPlainAsync(peer, _request, options, stop)));
        }
        catch (DicomException error)
        {
            var isSecured = options.Network.Tls is not null;
            var wantsTls = !isSecured && await OtherProtocol.IsTlsAsync(peer, _patience, _clock, stop);
            return (null, Advice.OfNoAnswer(error, wantsTls, isSecured));
        }
    }

    private async Task<Finding?> EchoAsync(DicomAssociation association, CancellationToken stop)
    {
        var accepted = association.Accepted;
        var context = accepted.FindAbstract(DicomUids.Verification);
        if (context == 0 || accepted.GetResult(context) != DicomAssociateAcceptResultType.Success)
        {
            return Finding.Bad("echo", ExitCode.NotAccepted, "The peer does not take Verification, which C-ECHO needs.",
                "It may serve other SOP classes all the same; every acceptor of them has to support Verification (PS3.4 §A.4), so tell its vendor.");
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            var response = await association.EchoAsync(stop);
            if (!response.Status.IsSuccess())
            {
                return Finding.Bad("echo", ExitCode.PeerFailure, $"C-ECHO: {Status.Describe(response)}.", "The peer's log says more.");
            }
        }
        catch (DicomException error)
        {
            return Advice.OfNoEcho(error);
        }

        report.Tell(Finding.Good("echo", $"C-ECHO: success, {Sizes.Time(Stopwatch.GetElapsedTime(began))}."));
        return null;
    }

    /// <summary>Nothing depends on it any more: what goes wrong here is doubtful at most.</summary>
    private async Task ReleaseAsync(DicomAssociation association, CancellationToken stop)
    {
        try
        {
            await association.ReleaseAsync(stop);
        }
        catch (DicomException error)
        {
            report.Tell(Advice.OfNoRelease(error));
        }
    }

    private void TellLink(DicomTlsLink? link)
    {
        if (link is null)
        {
            return;
        }

        var certificate = link.PeerCertificate;
        var whose = certificate is null
            ? ""
            : $"; its certificate {certificate.Subject} is valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}";
        var finding = Finding.Good("tls", $"{link.Protocol}, {link.CipherSuite}{whose}.");

        // Arbitrary: time enough to have it renewed.
        var expires = certificate is not null && certificate.NotAfter.ToUniversalTime() < DateTime.UtcNow.AddDays(14);
        report.Tell(expires ? finding with { Verdict = Verdict.Doubtful, Advice = "Have it renewed before that day." } : finding);
    }

    /// <summary>Called by its address, it still has to be who the name says.</summary>
    private DicomAssociationOptions Options() => options.Network.Tls is { } tls
        ? options with { Network = options.Network with { Tls = tls with { TargetHost = tls.TargetHost ?? host } } }
        : options;

    private ToolResult Result(Finding? failure)
    {
        var words = failure is null
            ? $"{host}, port {port}: all is well."
            : $"{host}, port {port}: it fails at the step \"{failure.Step}\".";
        return new(failure?.Code ?? ExitCode.Ok, words) { Facts = new { FailedStep = failure?.Step, failure?.Advice } };
    }
}
