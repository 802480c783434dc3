namespace Dicom.Net.Pdus;

/// <summary>Writes the user information item (PS3.8 §D.1, PS3.7 §D.3.3), sub-items in ascending order of type.</summary>
internal static class UserInformationWriter
{
    public static void Write(PduBuilder builder, UserInformation information, PduType pdu)
    {
        ArgumentNullException.ThrowIfNull(information);
        RequireOnlyWhatBelongs(information, pdu);
        var item = builder.BeginItem(ItemType.UserInformation);
        WriteSender(builder, information);
        WriteNegotiations(builder, information);
        WriteIdentity(builder, information);
        foreach (var other in information.OtherItems)
        {
            builder.WriteItem(other.Type, other.Data.Span, $"user information sub-item {other.Type:X2}H");
        }
        builder.EndCounted(item, "user information");
    }

    /// <summary>PS3.7 §D.3.3.6 and §D.3.3.7: common extended negotiation and identity are asked, a response is answered.</summary>
    private static void RequireOnlyWhatBelongs(UserInformation information, PduType pdu)
    {
        if (pdu == PduType.AAssociateRq && information.UserIdentityResponse is not null)
        {
            throw new ArgumentException("An A-ASSOCIATE-RQ carries no UserIdentityResponse.");
        }
        if (pdu == PduType.AAssociateAc && (information.UserIdentity is not null || information.CommonExtendedNegotiations.Count > 0))
        {
            throw new ArgumentException("An A-ASSOCIATE-AC carries neither UserIdentity nor CommonExtendedNegotiations.");
        }
    }

    private static void WriteSender(PduBuilder builder, UserInformation information)
    {
        if (information.MaximumLength is { } maximumLength)
        {
            var item = builder.BeginItem(ItemType.MaximumLength);
            builder.WriteUInt32(maximumLength);
            builder.EndCounted(item, nameof(information.MaximumLength));
        }
        if (information.ImplementationClassUid is { } uid)
        {
            builder.WriteItem(
                ItemType.ImplementationClassUid,
                SentText.Uid(uid, nameof(information.ImplementationClassUid)),
                nameof(information.ImplementationClassUid));
        }
        if (information.AsynchronousOperationsWindow is { } window)
        {
            var item = builder.BeginItem(ItemType.AsynchronousOperationsWindow);
            builder.WriteUInt16(window.MaximumNumberOperationsInvoked);
            builder.WriteUInt16(window.MaximumNumberOperationsPerformed);
            builder.EndCounted(item, nameof(information.AsynchronousOperationsWindow));
        }
        foreach (var role in information.RoleSelections)
        {
            Write(builder, role);
        }
        if (information.ImplementationVersionName is { } name)
        {
            builder.WriteItem(
                ItemType.ImplementationVersionName, SentText.VersionName(name), nameof(information.ImplementationVersionName));
        }
    }

    private static void WriteNegotiations(PduBuilder builder, UserInformation information)
    {
        foreach (var negotiation in information.ExtendedNegotiations)
        {
            Write(builder, negotiation);
        }
        foreach (var negotiation in information.CommonExtendedNegotiations)
        {
            Write(builder, negotiation);
        }
    }

    private static void WriteIdentity(PduBuilder builder, UserInformation information)
    {
        if (information.UserIdentity is { } identity)
        {
            Write(builder, identity);
        }
        if (information.UserIdentityResponse is { } response)
        {
            var item = builder.BeginItem(ItemType.UserIdentityAc);
            builder.WriteCounted(response.ServerResponse.Span, "Server-response");
            builder.EndCounted(item, nameof(information.UserIdentityResponse));
        }
    }

    /// <summary>PS3.7 Table D.3-9.</summary>
    private static void Write(PduBuilder builder, RoleSelection role)
    {
        var item = builder.BeginItem(ItemType.RoleSelection);
        WriteCountedUid(builder, role.SopClassUid, "SOP Class UID of a role selection");
        builder.WriteByte(role.ScuRole ? (byte)1 : (byte)0);
        builder.WriteByte(role.ScpRole ? (byte)1 : (byte)0);
        builder.EndCounted(item, "role selection");
    }

    /// <summary>PS3.7 Table D.3-11.</summary>
    private static void Write(PduBuilder builder, SopClassExtendedNegotiation negotiation)
    {
        var item = builder.BeginItem(ItemType.SopClassExtendedNegotiation);
        WriteCountedUid(builder, negotiation.SopClassUid, "SOP Class UID of an extended negotiation");
        builder.WriteBytes(negotiation.ServiceClassApplicationInformation.Span);
        builder.EndCounted(item, "SOP class extended negotiation");
    }

    /// <summary>PS3.7 Tables D.3-12 and D.3-13; the byte after the type is the version of the sub-item, 0.</summary>
    private static void Write(PduBuilder builder, SopClassCommonExtendedNegotiation negotiation)
    {
        var item = builder.BeginItem(ItemType.SopClassCommonExtendedNegotiation);
        WriteCountedUid(builder, negotiation.SopClassUid, "SOP Class UID of a common extended negotiation");
        WriteCountedUid(builder, negotiation.ServiceClassUid, "service class UID of a common extended negotiation");
        var related = builder.BeginCounted();
        foreach (var uid in negotiation.RelatedGeneralSopClasses)
        {
            WriteCountedUid(builder, uid, "related general SOP Class of a common extended negotiation");
        }
        builder.EndCounted(related, "related general SOP Classes of a common extended negotiation");
        builder.EndCounted(item, "SOP class common extended negotiation");
    }

    /// <summary>PS3.7 Table D.3-14.</summary>
    private static void Write(PduBuilder builder, UserIdentityRq identity)
    {
        var item = builder.BeginItem(ItemType.UserIdentityRq);
        builder.WriteByte((byte)identity.Type);
        builder.WriteByte(identity.PositiveResponseRequested ? (byte)1 : (byte)0);
        builder.WriteCounted(identity.PrimaryField.Span, "primary field of the user identity");
        builder.WriteCounted(identity.SecondaryField.Span, "secondary field of the user identity");
        builder.EndCounted(item, "user identity");
    }

    private static void WriteCountedUid(PduBuilder builder, string uid, string field) =>
        builder.WriteCounted(SentText.Uid(uid, field), field);
}
