namespace Dicom.Net.Pdus;

/// <summary>
/// The A-ASSOCIATE-RJ PDU: an association is rejected (PS3.8 §9.3.4). The bytes are kept as given, undefined values too.
/// </summary>
/// <param name="Result">Whether a later try may succeed: <see cref="Permanent"/> or <see cref="Transient"/>.</param>
/// <param name="Source">Who rejects: <see cref="ServiceUser"/>, <see cref="ServiceProviderAcse"/> or
/// <see cref="ServiceProviderPresentation"/>.</param>
/// <param name="Reason">Why, in a numbering of each source's own (PS3.8 Table 9-21).</param>
public readonly record struct AAssociateRj(byte Result, byte Source, byte Reason)
{
    /// <summary>Result 1, rejected-permanent.</summary>
    public const byte Permanent = 1;

    /// <summary>Result 2, rejected-transient.</summary>
    public const byte Transient = 2;

    /// <summary>Source 1, DICOM UL service-user.</summary>
    public const byte ServiceUser = 1;

    /// <summary>Source 2, DICOM UL service-provider (ACSE related function).</summary>
    public const byte ServiceProviderAcse = 2;

    /// <summary>Source 3, DICOM UL service-provider (Presentation related function).</summary>
    public const byte ServiceProviderPresentation = 3;

    /// <summary>1/1/1: the application does not say why.</summary>
    public static AAssociateRj NoReasonGiven => new(Permanent, ServiceUser, 1);

    /// <summary>1/1/2: the application context name is not supported.</summary>
    public static AAssociateRj ApplicationContextNameNotSupported => new(Permanent, ServiceUser, 2);

    /// <summary>1/1/3: the calling AE title is not recognised.</summary>
    public static AAssociateRj CallingAETitleNotRecognized => new(Permanent, ServiceUser, 3);

    /// <summary>1/1/7: the called AE title is not recognised.</summary>
    public static AAssociateRj CalledAETitleNotRecognized => new(Permanent, ServiceUser, 7);

    /// <summary>1/2/1: the user identity does not entitle to an association (PS3.7 §D.3.3.7.3).</summary>
    public static AAssociateRj UserNotAuthorized => new(Permanent, ServiceProviderAcse, 1);

    /// <summary>2/1/1: the application does not say why, and a later try may succeed.</summary>
    public static AAssociateRj TransientNoReasonGiven => new(Transient, ServiceUser, 1);

    /// <summary>1/2/2: no common version of the upper layer protocol.</summary>
    public static AAssociateRj ProtocolVersionNotSupported => new(Permanent, ServiceProviderAcse, 2);

    /// <summary>2/3/1: temporary congestion.</summary>
    public static AAssociateRj TemporaryCongestion => new(Transient, ServiceProviderPresentation, 1);

    /// <summary>2/3/2: a local limit, such as that of associations at a time, is reached.</summary>
    public static AAssociateRj LocalLimitExceeded => new(Transient, ServiceProviderPresentation, 2);

    /// <summary>One line for logs, with the standard's words for the codes.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => PduSummary.Describe(this);
}
