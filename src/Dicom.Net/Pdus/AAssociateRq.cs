namespace Dicom.Net.Pdus;

/// <summary>The A-ASSOCIATE-RQ PDU: a requestor proposes an association (PS3.8 §9.3.2).</summary>
public sealed record AAssociateRq
{
    /// <summary>The only application context there is (PS3.7 §A.2.1).</summary>
    internal const string DicomApplicationContext = "1.2.840.10008.3.1.1.1";

    /// <summary>The Protocol-version field as it came, one bit per version; version 1 is bit 0 (PS3.8 Table 9-11).</summary>
    public ushort ProtocolVersion { get; init; } = 1;

    /// <summary>Whether version 1, the only one there is, is among those supported: nothing but bit 0 is tested.</summary>
    public bool SupportsVersion1 => (ProtocolVersion & 1) != 0;

    /// <summary>
    /// The application that is called, 1 to 16 characters. Of a received title the leading and trailing spaces, which are not
    /// significant, and NUL padding are gone; other bytes stand one for one, control characters included: never use a received
    /// title as a file name, and escape it before it is logged.
    /// </summary>
    public string CalledAETitle { get; init; } = "";

    /// <summary>The application that calls, 1 to 16 characters; treated as <see cref="CalledAETitle"/> is.</summary>
    public string CallingAETitle { get; init; } = "";

    /// <summary>The application context name; the default is DICOM's (PS3.7 §A.2.1). Empty if a received PDU had none.</summary>
    public string ApplicationContextName { get; init; } = DicomApplicationContext;

    /// <summary>The presentation contexts proposed, 1 to 128.</summary>
    public IReadOnlyList<PresentationContextRq> PresentationContexts
    {
        get;
        init => field = ValueList<PresentationContextRq>.Of(value);
    } = ValueList<PresentationContextRq>.Empty;

    /// <summary>The user information; one without sub-items if a received PDU had none.</summary>
    public UserInformation UserInformation { get; init; } = UserInformation.Empty;

    internal AddressFields AddressFields { get; init; }

    /// <summary>The context proposed under an id, or null.</summary>
    internal PresentationContextRq? FindContext(byte id)
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
