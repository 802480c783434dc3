using Dicom.Net.Associations;

namespace Dicom.Net;

/// <summary>
/// What an acceptor supports: stated once, and the answer to each request is worked out from it by
/// <see cref="DicomAssociate.CreateAccept(DicomSupportedServices)"/>. It does not change, and may be shared by all threads.
/// </summary>
public sealed class DicomSupportedServices
{
    /// <summary>States what is supported.</summary>
    /// <param name="services">The services; of two that support an abstract syntax, the first counts.</param>
    public DicomSupportedServices(params IEnumerable<DicomSupportedService> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        Services = [.. services];
    }

    /// <summary>The services; of two that support an abstract syntax, the first counts.</summary>
    public IReadOnlyList<DicomSupportedService> Services { get; }

    /// <summary>The largest list of PDVs that is taken in one P-DATA-TF, in bytes; 0 = no limit. Default 128 KiB.</summary>
    public uint MaxLength { get; init; } = DicomAssociate.DefaultMaximumLength;

    /// <summary>
    /// How many operations the requestor may have open here, where it asks for more than one: 1 to 12, default 1. Their requests are told one
    /// after the other all the same; what changes is that the next one comes before the last is answered.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to 12.</exception>
    public int InvokedOperationsCount { get; init => field = RequireWindow(value, nameof(InvokedOperationsCount)); } = 1;

    /// <summary>How many operations may be open at the requestor, where it asks for more than one: 1 to 12, default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to 12.</exception>
    public int PerformedOperationsCount { get; init => field = RequireWindow(value, nameof(PerformedOperationsCount)); } = 1;

    /// <summary>
    /// Verifies the identity of a user who wants to know whether it was verified, and returns what to answer: empty, or the server ticket for
    /// Kerberos; null where it does not hold, and then nothing is said of it (PS3.7 §D.3.3.7). Not asked where no positive response is
    /// requested, or the type is unknown. Null, the default: no identity is verified. To turn users away, look at
    /// <see cref="DicomAssociate.UserIdentity"/> first, and reject.
    /// </summary>
    public Func<DicomUserIdentity, byte[]?>? VerifyUserIdentity { get; init; }

    /// <summary>The first service that supports an abstract syntax itself, else one that takes it for a more general one.</summary>
    internal DicomSupportedService? Find(string abstractSyntax, IReadOnlyList<string> relatedGeneralClasses)
    {
        foreach (var service in Services)
        {
            if (service.Supports(abstractSyntax))
            {
                return service;
            }
        }

        return relatedGeneralClasses.Count == 0
            ? null
            : Services.FirstOrDefault(service => service.IncludesSpecialized && relatedGeneralClasses.Any(service.Supports));
    }

    private static int RequireWindow(int count, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, AgreedOperations.MostGranted, parameter);
        return count;
    }
}
