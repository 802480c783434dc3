using Dicom.Net.Associations;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>To and from the PDUs of PS3.8 §9.3.2 and §9.3.3.</summary>
public sealed partial class DicomAssociate
{
    internal static DicomAssociate From(AAssociateRq request)
    {
        var associate = new DicomAssociate(request: true);
        associate.Take(request, request.ProtocolVersion, request.ApplicationContextName, request.UserInformation);
        associate._contexts.EnsureCapacity(request.PresentationContexts.Count);
        foreach (var proposed in request.PresentationContexts)
        {
            associate._contexts.Add(new(proposed.Id, proposed.AbstractSyntax) { Transfers = proposed.TransferSyntaxes });
        }

        return associate;
    }

    /// <summary>An answer names no abstract syntaxes and only copies of the AE titles: they come from the request.</summary>
    internal static DicomAssociate From(AAssociateAc answer, AAssociateRq request)
    {
        var associate = new DicomAssociate(request: false);
        var agreed = AgreedInformation.Of(request.UserInformation, answer.UserInformation);
        associate.Take(request, answer.ProtocolVersion, answer.ApplicationContextName, agreed);
        associate._contexts.EnsureCapacity(request.PresentationContexts.Count);
        foreach (var proposed in request.PresentationContexts)
        {
            var answered = answer.FindContext(proposed.Id) ?? new(proposed.Id, PresentationContextResult.NoReason, null);
            associate.Add(answered, proposed.AbstractSyntax);
        }

        return associate;
    }

    internal AAssociateRq ToRequest() => new()
    {
        ProtocolVersion = (ushort)Version,
        CalledAETitle = Called,
        CallingAETitle = Calling,
        ApplicationContextName = ApplicationContextName,
        PresentationContexts = [.. _contexts.Select(context => context.ToRequest())],
        UserInformation = Information,
    };

    /// <summary>The answer to a request: one context for each proposed one (PS3.8 §9.3.3.2), rejected where this has none.</summary>
    /// <param name="request">The request being answered: its AE titles are sent back as they came (PS3.8 Table 9-17).</param>
    /// <param name="userResponse">What to respond to its user identity where this answer does not say; null: nothing.</param>
    /// <exception cref="ArgumentException">A context was never proposed, or more is granted than was.</exception>
    internal AAssociateAc ToAnswer(AAssociateRq request, byte[]? userResponse)
    {
        if (AgreedInformation.ExcessOf(request.UserInformation, _information) is { } excess)
        {
            throw new ArgumentException($"The answer grants what was not proposed: {excess}");
        }

        var information = userResponse is null || _information.UserIdentityResponse is not null
            ? Information
            : Information with { UserIdentityResponse = new(userResponse) };
        return AAssociateAc.InAnswerTo(request) with
        {
            ProtocolVersion = (ushort)Version,
            ApplicationContextName = ApplicationContextName,
            PresentationContexts = RequireProposed(request, [.. request.PresentationContexts.Select(proposed => Answer(proposed.Id))]),
            UserInformation = information with { AsynchronousOperationsWindow = Bounded(_information.AsynchronousOperationsWindow) },
        };
    }

    /// <summary>We perform a bounded number of operations, whoever asks: so the answer says that, and no 0.</summary>
    private static AsynchronousOperationsWindow? Bounded(AsynchronousOperationsWindow? window) => window is null ? null : new(
        (ushort)Lesser(window.MaximumNumberOperationsInvoked, AgreedOperations.MostGranted),
        (ushort)Lesser(window.MaximumNumberOperationsPerformed, AgreedOperations.MostGranted));

    private PresentationContextAc Answer(byte id) => Find(id) is { } context
        ? new(id, (PresentationContextResult)context.Result, context.Transfers is [var chosen, ..] ? chosen : null)
        : new(id, PresentationContextResult.UserRejection, null);

    private PresentationContextAc[] RequireProposed(AAssociateRq request, PresentationContextAc[] answers)
    {
        var unknown = _contexts.Find(context => request.FindContext(context.Id) is null);
        return unknown is null
            ? answers
            : throw new ArgumentException($"Presentation context {unknown.Id} was never proposed: an answer bears the ids of its request.");
    }

    private UserInformation Information => _information with
    {
        MaximumLength = MaxLength,
        ImplementationClassUid = ImplementClass,
        ImplementationVersionName = ImplementationVersionName.Length == 0 ? null : ImplementationVersionName,
    };

    private void Take(AAssociateRq titles, ushort version, string applicationContextName, UserInformation information)
    {
        Version = version;
        Called = titles.CalledAETitle;
        Calling = titles.CallingAETitle;
        ApplicationContextName = applicationContextName;
        _information = information;
        MaxLength = information.MaximumLength ?? 0;
        ImplementClass = information.ImplementationClassUid ?? "";
        ImplementationVersionName = information.ImplementationVersionName ?? "";
    }

    private void Add(PresentationContextAc answered, string abstractSyntax)
    {
        var context = new Context(answered.Id, abstractSyntax) { Result = (DicomAssociateAcceptResultType)answered.Result };
        if (answered.TransferSyntax is { } syntax)
        {
            context.Transfers = [syntax];
        }

        _contexts.Add(context);
    }
}
