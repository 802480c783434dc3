namespace Dicom.Net.Pdus;

/// <summary>
/// The user information item of an A-ASSOCIATE-RQ or -AC: what the two sides tell each other and negotiate (PS3.8 §9.3.2.3 and
/// §9.3.3.3, PS3.7 §D.3.3). A null property and an empty list stand for absent sub-items.
/// </summary>
public sealed record UserInformation
{
    internal static UserInformation Empty { get; } = new();

    /// <summary>The longest P-DATA-TF that its sender can receive, in bytes without the header; 0 is unlimited (PS3.8 §D.1).</summary>
    public uint? MaximumLength { get; init; }

    /// <summary>The UID of the sender's implementation (PS3.7 §D.3.3.2).</summary>
    public string? ImplementationClassUid { get; init; }

    /// <summary>The name of the version of the sender's implementation, 1 to 16 characters; a longer one received is kept
    /// (PS3.7 §D.3.3.2).</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>How many operations may be under way; absent means one each way (PS3.7 §D.3.3.3).</summary>
    public AsynchronousOperationsWindow? AsynchronousOperationsWindow { get; init; }

    /// <summary>The roles proposed, or granted (PS3.7 §D.3.3.4).</summary>
    public IReadOnlyList<RoleSelection> RoleSelections
    {
        get;
        init => field = ValueList<RoleSelection>.Of(value);
    } = ValueList<RoleSelection>.Empty;

    /// <summary>Application information of SOP Classes (PS3.7 §D.3.3.5).</summary>
    public IReadOnlyList<SopClassExtendedNegotiation> ExtendedNegotiations
    {
        get;
        init => field = ValueList<SopClassExtendedNegotiation>.Of(value);
    } = ValueList<SopClassExtendedNegotiation>.Empty;

    /// <summary>Service classes and related SOP Classes of SOP Classes; of a request only (PS3.7 §D.3.3.6).</summary>
    public IReadOnlyList<SopClassCommonExtendedNegotiation> CommonExtendedNegotiations
    {
        get;
        init => field = ValueList<SopClassCommonExtendedNegotiation>.Of(value);
    } = ValueList<SopClassCommonExtendedNegotiation>.Empty;

    /// <summary>Who the user is; of a request only (PS3.7 §D.3.3.7.1).</summary>
    public UserIdentityRq? UserIdentity { get; init; }

    /// <summary>The positive response to <see cref="UserIdentity"/>; of an answer only (PS3.7 §D.3.3.7.2).</summary>
    public UserIdentityAc? UserIdentityResponse { get; init; }

    /// <summary>Sub-items that this library does not know, or not in this PDU, raw and in the order received. They must be ignored, not
    /// rejected (PS3.8 §D.2).</summary>
    public IReadOnlyList<UserInformationSubItem> OtherItems
    {
        get;
        init => field = ValueList<UserInformationSubItem>.Of(value);
    } = ValueList<UserInformationSubItem>.Empty;

    /// <summary>One line for logs; the peer's text is escaped in it and no user identity appears.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => PduSummary.Describe(this);
}
