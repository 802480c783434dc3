using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>Whether the user of an associate request may come in: asked of the application's rule, which may take its time.</summary>
public partial class DicomNet
{
    private Func<DicomUserQuestion, ValueTask<DicomUserVerdict>>? UserRuleFor(PeerExchange exchange) =>
        exchange.Place is null ? null : Server?.Door.Admission?.AdmitUser;

    private async ValueTask AskAboutUserAsync(
        PeerExchange exchange, DicomAssociate request, Func<DicomUserQuestion, ValueTask<DicomUserVerdict>> rule)
    {
        if (await RefusalOfUserAsync(exchange, request, rule).ConfigureAwait(false) is { } refusal)
        {
            exchange.Port?.Reject(refusal);
        }
        else if (!exchange.Ending.IsCancellationRequested && !RejectIfDraining(exchange))
        {
            AskApplication(exchange, request);
        }
    }

    /// <returns>The rejection; null: the user is admitted.</returns>
    private async ValueTask<AAssociateRj?> RefusalOfUserAsync(
        PeerExchange exchange, DicomAssociate request, Func<DicomUserQuestion, ValueTask<DicomUserVerdict>> rule)
    {
        var question = new DicomUserQuestion(request, IsSecured ? SecureLink?.PeerCertificate : null, exchange.Ending);
        if (await VerdictOnAsync(question, rule).ConfigureAwait(false) is not { } verdict)
        {
            return AAssociateRj.TransientNoReasonGiven;
        }

        if (!verdict.IsAdmitted)
        {
            TellNotAdmitted(exchange, request, AAssociateRj.UserNotAuthorized);
            return AAssociateRj.UserNotAuthorized;
        }

        exchange.UserResponse = question.Identity is { PositiveResponseRequested: true } ? verdict.Response : null;
        return null;
    }

    /// <returns>Null: the rule has failed, and that is no word on the user.</returns>
    private async ValueTask<DicomUserVerdict?> VerdictOnAsync(
        DicomUserQuestion question, Func<DicomUserQuestion, ValueTask<DicomUserVerdict>> rule)
    {
        try
        {
            return await rule(question).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Its text may hold what it could not read, and that may be a passcode.
            AdmissionLog.UserRuleFailed(_log, Peer, error.GetType().ToString());
            return null;
        }
    }
}
