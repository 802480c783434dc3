namespace Dicom.Net.Pdus;

/// <summary>
/// Reads the user information item (PS3.8 §D.1, PS3.7 §D.3.3). A sub-item that is unknown, or has no place in this PDU, is kept raw and
/// never faulted (PS3.8 §D.2). Of sub-items that may stand once the first is taken, as in <see cref="AssociateReader"/>.
/// </summary>
internal sealed class UserInformationReader
{
    private readonly bool _isRequest;
    private List<RoleSelection>? _roles;
    private List<SopClassExtendedNegotiation>? _extended;
    private List<SopClassCommonExtendedNegotiation>? _commonExtended;
    private List<UserInformationSubItem>? _others;
    private uint? _maximumLength;
    private string? _implementationClassUid;
    private string? _implementationVersionName;
    private AsynchronousOperationsWindow? _window;
    private UserIdentityRq? _identity;
    private UserIdentityAc? _identityResponse;

    private UserInformationReader(PduType pdu) => _isRequest = pdu == PduType.AAssociateRq;

    public static UserInformation Read(ReadOnlySpan<byte> body, PduType pdu)
    {
        var reader = new FieldReader(body, "user information item");
        var information = new UserInformationReader(pdu);
        while (!reader.IsAtEnd)
        {
            information.Take(reader.ReadItem());
        }
        return information.Build();
    }

    private void Take(PduItem item)
    {
        var body = item.Body;
        switch (item.Type)
        {
            case ItemType.MaximumLength:
                _maximumLength ??= ReadMaximumLength(body);
                break;
            case ItemType.ImplementationClassUid:
                _implementationClassUid ??= PeerText.Uid(body);
                break;
            case ItemType.ImplementationVersionName:
                _implementationVersionName ??= PeerText.Name(body);
                break;
            case ItemType.AsynchronousOperationsWindow:
                _window ??= ReadWindow(body);
                break;
            case ItemType.RoleSelection:
                (_roles ??= []).Add(ReadRoleSelection(body));
                break;
            case ItemType.SopClassExtendedNegotiation:
                (_extended ??= []).Add(ReadExtendedNegotiation(body));
                break;
            // PS3.7 §D.3.3.6: requests only.
            case ItemType.SopClassCommonExtendedNegotiation when _isRequest:
                (_commonExtended ??= []).Add(ReadCommonExtendedNegotiation(body));
                break;
            case ItemType.UserIdentityRq when _isRequest:
                _identity ??= ReadIdentity(body);
                break;
            case ItemType.UserIdentityAc when !_isRequest:
                _identityResponse ??= ReadIdentityResponse(body);
                break;
            default:
                (_others ??= []).Add(new(item.Type, body.ToArray()));
                break;
        }
    }

    private UserInformation Build() => new()
    {
        MaximumLength = _maximumLength,
        ImplementationClassUid = _implementationClassUid,
        ImplementationVersionName = _implementationVersionName,
        AsynchronousOperationsWindow = _window,
        RoleSelections = _roles ?? [],
        ExtendedNegotiations = _extended ?? [],
        CommonExtendedNegotiations = _commonExtended ?? [],
        UserIdentity = _identity,
        UserIdentityResponse = _identityResponse,
        OtherItems = _others ?? [],
    };

    private static uint ReadMaximumLength(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "maximum length sub-item");
        var length = reader.ReadUInt32("Maximum-length-received");
        RequireEnd(reader, "maximum length sub-item");
        return length;
    }

    /// <summary>PS3.7 Table D.3-7.</summary>
    private static AsynchronousOperationsWindow ReadWindow(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "asynchronous operations window sub-item");
        var window = new AsynchronousOperationsWindow(
            reader.ReadUInt16("Maximum-number-operations-invoked"), reader.ReadUInt16("Maximum-number-operations-performed"));
        RequireEnd(reader, "asynchronous operations window sub-item");
        return window;
    }

    /// <summary>PS3.7 Table D.3-9. Only 1 gives a role: other values but 0 are not defined, and a role is not given by guess.</summary>
    private static RoleSelection ReadRoleSelection(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "role selection sub-item");
        return new(
            PeerText.Uid(reader.ReadCounted("SOP-class-uid")), reader.ReadByte("SCU-role") == 1, reader.ReadByte("SCP-role") == 1);
    }

    /// <summary>PS3.7 Table D.3-11.</summary>
    private static SopClassExtendedNegotiation ReadExtendedNegotiation(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "SOP class extended negotiation sub-item");
        return new(PeerText.Uid(reader.ReadCounted("SOP-class-uid")), reader.ReadRest().ToArray());
    }

    /// <summary>PS3.7 Tables D.3-12 and D.3-13. What follows is reserved for later versions of the sub-item.</summary>
    private static SopClassCommonExtendedNegotiation ReadCommonExtendedNegotiation(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "SOP class common extended negotiation sub-item");
        var sopClass = PeerText.Uid(reader.ReadCounted("SOP-class-uid"));
        var serviceClass = PeerText.Uid(reader.ReadCounted("Service-class-uid"));
        var relatedReader = new FieldReader(
            reader.ReadCounted("Related-general-sop-class-identification"), "Related-general-sop-class-identification");
        List<string> related = [];
        while (!relatedReader.IsAtEnd)
        {
            related.Add(PeerText.Uid(relatedReader.ReadCounted("Related-general-sop-class-uid")));
        }
        return new(sopClass, serviceClass, related);
    }

    /// <summary>PS3.7 Table D.3-14.</summary>
    private static UserIdentityRq ReadIdentity(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "user identity sub-item");
        var type = (UserIdentityType)reader.ReadByte("User-Identity-Type");
        var positiveResponseRequested = reader.ReadByte("Positive-response-requested") == 1;
        var primary = reader.ReadCounted("Primary-field");
        var secondary = reader.ReadCounted("Secondary-field");
        return new(type, positiveResponseRequested, primary.ToArray(), secondary.ToArray());
    }

    /// <summary>PS3.7 Table D.3-15.</summary>
    private static UserIdentityAc ReadIdentityResponse(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "user identity sub-item");
        return new(reader.ReadCounted("Server-response").ToArray());
    }

    /// <summary>For the two sub-items whose length is fixed (PS3.8 §D.1, PS3.7 Table D.3-7): more bytes mean another layout.</summary>
    private static void RequireEnd(FieldReader reader, string place)
    {
        if (!reader.IsAtEnd)
        {
            throw PduException.Invalid($"The {place} is longer than 4 bytes.");
        }
    }
}
