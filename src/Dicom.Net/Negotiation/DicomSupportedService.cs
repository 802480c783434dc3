namespace Dicom.Net;

/// <summary>What an acceptor takes for one SOP class, or for several in the same way: a part of <see cref="DicomSupportedServices"/>.</summary>
public sealed class DicomSupportedService
{
    private readonly Func<string, bool> _supports;

    /// <summary>Supports one abstract syntax.</summary>
    /// <param name="abstractSyntax">The SOP class.</param>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    public DicomSupportedService(string abstractSyntax, params IEnumerable<string> transferSyntaxes)
        : this([abstractSyntax], transferSyntaxes)
    {
    }

    /// <summary>Supports several abstract syntaxes.</summary>
    /// <param name="abstractSyntaxes">The SOP classes.</param>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    public DicomSupportedService(IEnumerable<string> abstractSyntaxes, params IEnumerable<string> transferSyntaxes)
        : this(abstractSyntaxes.ToHashSet(StringComparer.Ordinal).Contains, transferSyntaxes)
    {
    }

    /// <summary>Supports what a function says.</summary>
    /// <param name="supports">Whether an abstract syntax is supported. Called from several threads at once.</param>
    /// <param name="transferSyntaxes">Transfer syntaxes, best first; none: any, in the order of the requestor.</param>
    public DicomSupportedService(Func<string, bool> supports, params IEnumerable<string> transferSyntaxes)
    {
        ArgumentNullException.ThrowIfNull(supports);
        ArgumentNullException.ThrowIfNull(transferSyntaxes);
        _supports = supports;
        TransferSyntaxes = [.. transferSyntaxes];
    }

    /// <summary>
    /// The transfer syntaxes, best first: the first one that is proposed too is taken, in whatever order the requestor names them. None: any
    /// is taken, the requestor's first.
    /// </summary>
    public IReadOnlyList<string> TransferSyntaxes { get; }

    /// <summary>Whether the requestor may be user (SCU), as it is by default. If not, it has to ask for the provider role (PS3.7 §D.3.3.4).</summary>
    public DicomRoleSupport UserRole { get; init; } = DicomRoleSupport.Supported;

    /// <summary>
    /// Whether the requestor may be provider (SCP), where it asks for that: supported by who answers C-GET, for the storage classes, and by who
    /// is sent storage commitment's notifications on an association of their own.
    /// </summary>
    public DicomRoleSupport ProviderRole { get; init; }

    /// <summary>
    /// Whether a SOP class that is not supported itself is taken where the requestor names one of these as a more general one of it
    /// (common extended negotiation, PS3.7 §D.3.3.6).
    /// </summary>
    public bool IncludesSpecialized { get; init; }

    /// <summary>
    /// Answers extended negotiation (PS3.7 §D.3.3.5): gets the abstract syntax and the requestor's bytes, and returns the bytes of the answer,
    /// or null for none. Null, the default: none. Called from several threads at once.
    /// </summary>
    public Func<string, byte[], byte[]?>? ExtendedNegotiation { get; init; }

    /// <summary>Whether an abstract syntax is among those supported.</summary>
    /// <param name="abstractSyntax">The SOP class.</param>
    public bool Supports(string abstractSyntax) => _supports(abstractSyntax);
}
