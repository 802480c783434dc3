namespace Dicom.Net.Hosting;

/// <summary>What a listener's associations are accepted with, as configuration or builder state it; Verification always.</summary>
internal static class SupportedServices
{
    private static readonly DicomSupportedServices VerificationAlone = new(new DicomSupportedService(DicomUids.Verification));

    public static DicomSupportedServices Of(DicomListenerBuilder builder, DicomListenerOptions options) => options.SopClasses.Count > 0
        ? OfClasses(options.SopClasses)
        : WithVerification(builder.Supported ?? VerificationAlone);

    /// <summary>
    /// The handlers that are never asked, since nothing but Verification is supported. Their own SOP classes are not compared with others that are:
    /// a request may be for another class than its presentation context, as with Meta SOP Classes (PS3.4 §H.3.2).
    /// </summary>
    public static IEnumerable<Type> Unused(DicomNetOptions network)
    {
        if (network.Handlers is not { } handlers || handlers.Supported != VerificationAlone)
        {
            return [];
        }

        var othersDecide = handlers.Any(IsA<IDicomAssociationHandler>) || network.Admission is { ApplicationEntities.Count: > 0 };
        return othersDecide ? [] : handlers.Where(type => !IsA<ICEchoHandler>(type));
    }

    private static DicomSupportedServices OfClasses(IList<string> classes) => classes.All(uid => uid == DicomUids.Verification)
        ? VerificationAlone
        : new(new DicomSupportedService(classes.Append(DicomUids.Verification)));

    private static DicomSupportedServices WithVerification(DicomSupportedServices stated) =>
        stated.Services.Any(service => service.Supports(DicomUids.Verification))
            ? stated
            : new(stated.Services.Append(new DicomSupportedService(DicomUids.Verification)))
            {
                MaxLength = stated.MaxLength,
                InvokedOperationsCount = stated.InvokedOperationsCount,
                PerformedOperationsCount = stated.PerformedOperationsCount,
                VerifyUserIdentity = stated.VerifyUserIdentity,
            };

    private static bool IsA<T>(Type handler) => handler.IsAssignableTo(typeof(T));
}
