namespace Dicom.Net.Pdus;

/// <summary>The A-ASSOCIATE-AC PDU: the acceptor accepts an association (PS3.8 §9.3.3).</summary>
public sealed record AAssociateAc
{
    /// <summary>The Protocol-version field as it came, one bit per version; version 1 is bit 0 (PS3.8 Table 9-17).</summary>
    public ushort ProtocolVersion { get; init; } = 1;

    /// <summary>Whether version 1, the only one there is, is among those supported: nothing but bit 0 is tested.</summary>
    public bool SupportsVersion1 => (ProtocolVersion & 1) != 0;

    /// <summary>What stands where the request had the called AE title: a reserved copy that nobody tests (PS3.8 Table 9-17).</summary>
    public string CalledAETitle { get; init; } = "";

    /// <summary>What stands where the request had the calling AE title: a reserved copy that nobody tests (PS3.8 Table 9-17).</summary>
    public string CallingAETitle { get; init; } = "";

    /// <summary>The application context name; the default is DICOM's (PS3.7 §A.2.1). Empty if a received PDU had none.</summary>
    public string ApplicationContextName { get; init; } = AAssociateRq.DicomApplicationContext;

    /// <summary>The answers to the presentation contexts proposed. A received PDU may lack some, or have more.</summary>
    public IReadOnlyList<PresentationContextAc> PresentationContexts
    {
        get;
        init => field = ValueList<PresentationContextAc>.Of(value);
    } = ValueList<PresentationContextAc>.Empty;

    /// <summary>The user information; one without sub-items if a received PDU had none.</summary>
    public UserInformation UserInformation { get; init; } = UserInformation.Empty;

    internal AddressFields AddressFields { get; init; }

    /// <summary>
    /// Begins the answer to a request: the fields that the standard wants sent back unchanged are the request's, byte for byte
    /// (PS3.8 Table 9-17), and are written as the request had them even if the titles are changed afterwards; contexts and user
    /// information are still empty.
    /// </summary>
    /// <param name="request">The request that is accepted.</param>
    /// <returns>The answer, to be completed by <c>with</c>.</returns>
    public static AAssociateAc InAnswerTo(AAssociateRq request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new()
        {
            CalledAETitle = request.CalledAETitle,
            CallingAETitle = request.CallingAETitle,
            AddressFields = request.AddressFields,
        };
    }

    /// <summary>The answer to the context of an id, or null.</summary>
    internal PresentationContextAc? FindContext(byte id)
    {
        for (var i = 0; i < PresentationContexts.Count; i++)
        {
            if (PresentationContexts[i].Id == id)
            {
                return PresentationContexts[i];
            }
        }

        return null;
    }

    /// <summary>One line for logs; the peer's text is escaped in it and no user identity appears.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => PduSummary.Describe(this);
}
