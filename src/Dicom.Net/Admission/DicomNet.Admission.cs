using Dicom.Net.Diagnostics;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>Who is let in, and how many.</summary>
public partial class DicomNet
{
    // A listener's; a connection, which is the same class, has none.
    private ListenerDoor? _door;

    /// <summary>
    /// Connections to this listener that were closed as soon as they were accepted, since they came from where none may come from, or to make
    /// room for others (<see cref="DicomAdmission"/>, <see cref="DicomNetLimits.MaximumUnassociatedConnections"/>).
    /// </summary>
    public long ClosedConnections => Volatile.Read(ref _door)?.Closed ?? 0;

    internal ListenerDoor Door => LazyInitializer.EnsureInitialized(ref _door, () => new(_options, _log));

    /// <summary>What is to be said to an associate request that a PDU layer's own code answers, before that is asked.</summary>
    /// <returns>The rejection; null: it may be accepted.</returns>
    internal async ValueTask<AAssociateRj?> RefusalOfAsync(PeerExchange exchange, AAssociateRq asked)
    {
        var request = DicomAssociate.From(asked);

        // Where a rule of the application's throws, nobody is let in.
        AAssociateRj? refusal = AAssociateRj.NoReasonGiven;
        Guard(nameof(DicomAdmission), () => refusal = RefusalWhileDraining(exchange) ?? RefusalOf(exchange, request));
        return refusal is null && UserRuleFor(exchange) is { } rule
            ? await RefusalOfUserAsync(exchange, request, rule).ConfigureAwait(false) ?? RefusalWhileDraining(exchange)
            : refusal;
    }

    /// <summary>What the listener's rules and limits say to an associate request, before the application is asked.</summary>
    /// <returns>The rejection; null: it is the application's to answer.</returns>
    private AAssociateRj? RefusalOf(PeerExchange exchange, DicomAssociate request)
    {
        if (exchange.Place is not { } place || Server?.Door is not { } door)
        {
            return null;
        }

        if (door.Admission?.Decide(request, IsSecured ? SecureLink?.PeerCertificate : null) is { } decision)
        {
            if (decision.Rejection is { } rejection)
            {
                TellNotAdmitted(exchange, request, rejection);
                return rejection;
            }

            exchange.Supported = decision.Services;
        }

        return door.HasRoomFor(place, request.Calling) ? null : AAssociateRj.LocalLimitExceeded;
    }

    private void TellNotAdmitted(PeerExchange exchange, DicomAssociate request, AAssociateRj rejection)
    {
        if (exchange.Place is { } place && Server?.Door.Refusals.NotAdmitted.Note(place.Host) is > 0 and var count)
        {
            AdmissionLog.NotAdmitted(
                _log, Peer, PeerText.Escape(request.Calling), PeerText.Escape(request.Called), rejection.ToString(), count);
        }
    }

    /// <summary>The answer to an associate request that no code of the application has decided about.</summary>
    internal void AnswerUnasked(PeerExchange? exchange, DicomAssociate request)
    {
        if ((exchange?.Supported ?? exchange?.Handlers?.Supported) is { } services)
        {
            AcceptAssociation(exchange, request.CreateAccept(services));
        }
        else
        {
            RejectUnanswered(exchange);
        }
    }
}
