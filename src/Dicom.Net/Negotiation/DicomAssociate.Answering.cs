using Dicom.Net.Associations;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>The answer to a request: a pure function of it and of what is supported.</summary>
public sealed partial class DicomAssociate
{
    /// <summary>
    /// Answers a request. Each presentation context that is supported is taken, with the best transfer syntax that both know, and the others
    /// are rejected with the right result (PS3.8 Table 9-18). Of roles, window, extended negotiation and user identity, what was
    /// proposed and is supported is granted, and nothing is said of what was not proposed (PS3.7 §D.3.3).
    /// </summary>
    /// <param name="services">What is supported.</param>
    /// <returns>A new answer, for SendAssociateAccept. It may be changed before, within what was proposed.</returns>
    /// <exception cref="InvalidOperationException">This is not a request.</exception>
    public DicomAssociate CreateAccept(DicomSupportedServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!_request)
        {
            throw new InvalidOperationException("Only a request can be answered; this is an answer already.");
        }

        var answer = new DicomAssociate(request: false)
        {
            Called = Called,
            Calling = Calling,
            ApplicationContextName = ApplicationContextName,
            MaxLength = services.MaxLength,
        };
        answer._contexts.EnsureCapacity(_contexts.Count);
        foreach (var proposed in _contexts)
        {
            AnswerContext(proposed, services, answer);
        }

        AnswerWindow(services, answer);
        AnswerIdentity(services, answer);
        return answer;
    }

    /// <summary>
    /// As <see cref="CreateAccept(DicomSupportedServices)"/>, for abstract syntaxes that a function knows, and nothing else than their contexts.
    /// </summary>
    /// <param name="supports">Whether an abstract syntax is supported.</param>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    /// <returns>A new answer, for SendAssociateAccept.</returns>
    /// <exception cref="InvalidOperationException">This is not a request.</exception>
    public DicomAssociate CreateAccept(Func<string, bool> supports, params IReadOnlyCollection<string> transferSyntaxes) =>
        CreateAccept(new DicomSupportedServices(new DicomSupportedService(supports, transferSyntaxes)));

    /// <summary>As <see cref="CreateAccept(Func{string, bool}, IReadOnlyCollection{string})"/>, for every abstract syntax.</summary>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    /// <returns>A new answer, for SendAssociateAccept.</returns>
    /// <exception cref="InvalidOperationException">This is not a request.</exception>
    public DicomAssociate CreateAcceptAll(params IReadOnlyCollection<string> transferSyntaxes) =>
        CreateAccept(static _ => true, transferSyntaxes);

    /// <summary>As the other overload, for a given list of abstract syntaxes.</summary>
    /// <param name="abstractSyntaxes">The abstract syntaxes that are supported.</param>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    public DicomAssociate CreateAccept(IEnumerable<string> abstractSyntaxes, params IReadOnlyCollection<string> transferSyntaxes) =>
        CreateAccept(new DicomSupportedServices(new DicomSupportedService(abstractSyntaxes, transferSyntaxes)));

    private void AnswerContext(Context proposed, DicomSupportedServices services, DicomAssociate answer)
    {
        var abstractSyntax = proposed.AbstractSyntax;
        var service = services.Find(abstractSyntax, GetRelatedGeneralClasses(proposed.Id));
        var answered = ContextNegotiation.Answer(proposed.ToRequest(), service is not null, service?.TransferSyntaxes ?? []);
        if (service is null || answered.Result != PresentationContextResult.Acceptance)
        {
            answer.Add(answered, abstractSyntax);
            return;
        }

        var isUser = GetUserRole(proposed.Id) == DicomRoleSupport.Supported && service.UserRole == DicomRoleSupport.Supported;
        var isProvider = GetProviderRole(proposed.Id) == DicomRoleSupport.Supported && service.ProviderRole == DicomRoleSupport.Supported;
        if (service.UserRole == DicomRoleSupport.Unsupported && !isProvider)
        {
            // Without a role selection the requestor would be user, which is not supported: nothing could be done on this context.
            answer.Add(new(proposed.Id, PresentationContextResult.UserRejection, null), abstractSyntax);
            return;
        }

        answer.Add(answered, abstractSyntax);
        if (IsRoleSelect(proposed.Id) && (isUser || isProvider))
        {
            answer.SetRoleSelect(proposed.Id, true, Supported(isUser), Supported(isProvider));
        }

        if (service.ExtendedNegotiation is { } extended && GetExtendedData(proposed.Id) is { } data)
        {
            answer.SetExtendedData(proposed.Id, extended(abstractSyntax, data));
        }
    }

    private void AnswerWindow(DicomSupportedServices services, DicomAssociate answer)
    {
        if (_information.AsynchronousOperationsWindow is { } offered)
        {
            answer.SetAsynchronousOperations(
                true,
                Lesser(offered.MaximumNumberOperationsInvoked, services.InvokedOperationsCount),
                Lesser(offered.MaximumNumberOperationsPerformed, services.PerformedOperationsCount));
        }
    }

    /// <summary>An unlimited offer, 0, is answered with a number (PS3.7 §D.3.3.3, its note): peers are known to fail on a 0.</summary>
    private static int Lesser(int offered, int most) => offered == 0 ? most : Math.Min(offered, most);

    private void AnswerIdentity(DicomSupportedServices services, DicomAssociate answer)
    {
        if (services.VerifyUserIdentity is { } verify
            && UserIdentity is { PositiveResponseRequested: true } identity
            && Enum.IsDefined(identity.Type))
        {
            answer.UserIdentityResponse = verify(identity);
        }
    }
}
