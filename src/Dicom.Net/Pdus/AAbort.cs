namespace Dicom.Net.Pdus;

/// <summary>The A-ABORT PDU: an association ends at once (PS3.8 §9.3.8). The bytes are kept as given, undefined values too.</summary>
/// <param name="Source">Who aborts: <see cref="ServiceUser"/> or <see cref="ServiceProvider"/>.</param>
/// <param name="Reason">An <see cref="AbortReason"/>; it has a meaning only if the source is the service-provider.</param>
public readonly record struct AAbort(byte Source, byte Reason)
{
    /// <summary>Source 0, DICOM UL service-user: the application aborts (A-ABORT service).</summary>
    public const byte ServiceUser = 0;

    /// <summary>Source 2, DICOM UL service-provider: the protocol machine aborts (A-P-ABORT service).</summary>
    public const byte ServiceProvider = 2;

    /// <summary>The abort of an application; its reason is sent as 0 (PS3.8 Table 9-26).</summary>
    public static AAbort ByUser => new(ServiceUser, 0);

    /// <summary>The abort of the protocol machine.</summary>
    /// <param name="reason">What the peer did wrong.</param>
    /// <returns>The PDU.</returns>
    public static AAbort ByProvider(AbortReason reason) => new(ServiceProvider, (byte)reason);

    /// <summary>One line for logs, with the standard's words for the codes.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => PduSummary.Describe(this);
}
