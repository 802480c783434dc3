namespace Dicom.Net.Pdus;

/// <summary>Writes A-ASSOCIATE-RQ and -AC (PS3.8 §9.3.2 and §9.3.3), items in the order in which the standard names them.</summary>
internal static class AssociateWriter
{
    /// <summary>The odd numbers from 1 to 255 (PS3.8 §9.3.2.2).</summary>
    private const int MaximumPresentationContexts = 128;

    /// <summary>
    /// Implicit VR Little Endian (PS3.5 §A.1). A rejected context must have a transfer syntax sub-item whose value does not matter
    /// (PS3.8 Table 9-18); this value is one that every peer can parse, which an empty one is not.
    /// </summary>
    private const string NotSignificant = "1.2.840.10008.1.2";

    public static PduBuilder Build(AAssociateRq pdu)
    {
        ArgumentNullException.ThrowIfNull(pdu);
        RequireIds(pdu.PresentationContexts, context => context.Id);
        var builder = new PduBuilder(PduType.AAssociateRq);
        WriteVersion(builder, pdu.ProtocolVersion);
        builder.WriteBytes(SentText.AETitle(pdu.CalledAETitle, nameof(pdu.CalledAETitle)));
        builder.WriteBytes(SentText.AETitle(pdu.CallingAETitle, nameof(pdu.CallingAETitle)));
        builder.WriteReserved(32);
        WriteUid(builder, ItemType.ApplicationContext, pdu.ApplicationContextName, nameof(pdu.ApplicationContextName));
        foreach (var context in pdu.PresentationContexts)
        {
            WriteContext(builder, context);
        }
        UserInformationWriter.Write(builder, pdu.UserInformation, PduType.AAssociateRq);
        RequireBearable(builder, "A-ASSOCIATE-RQ");
        return builder;
    }

    public static PduBuilder Build(AAssociateAc pdu)
    {
        ArgumentNullException.ThrowIfNull(pdu);
        RequireIds(pdu.PresentationContexts, context => context.Id);
        var builder = new PduBuilder(PduType.AAssociateAc);
        WriteVersion(builder, pdu.ProtocolVersion);
        WriteAddressFields(builder, pdu);
        WriteUid(builder, ItemType.ApplicationContext, pdu.ApplicationContextName, nameof(pdu.ApplicationContextName));
        foreach (var context in pdu.PresentationContexts)
        {
            WriteContext(builder, context);
        }
        UserInformationWriter.Write(builder, pdu.UserInformation, PduType.AAssociateAc);
        RequireBearable(builder, "A-ASSOCIATE-AC");
        return builder;
    }

    /// <summary>The standard has no limit; what we would not read, we do not send.</summary>
    private static void RequireBearable(PduBuilder builder, string pdu)
    {
        var limit = PduLimits.Default.MaximumAssociateLength;
        if (builder.Length > limit)
        {
            throw new ArgumentException(
                $"The {pdu} would be {builder.Length} bytes long; at most {limit} are sent. Propose fewer transfer syntaxes in each context.");
        }
    }

    private static void WriteVersion(PduBuilder builder, ushort version)
    {
        builder.WriteUInt16(version);
        builder.WriteReserved(2);
    }

    /// <summary>PS3.8 Table 9-17: identical to the request's, where there was one.</summary>
    private static void WriteAddressFields(PduBuilder builder, AAssociateAc pdu)
    {
        if (!pdu.AddressFields.Bytes.IsEmpty)
        {
            builder.WriteBytes(pdu.AddressFields.Bytes.Span);
            return;
        }
        builder.WriteBytes(SentText.CopyOfAETitle(pdu.CalledAETitle, nameof(pdu.CalledAETitle)));
        builder.WriteBytes(SentText.CopyOfAETitle(pdu.CallingAETitle, nameof(pdu.CallingAETitle)));
        builder.WriteReserved(32);
    }

    /// <summary>PS3.8 Table 9-13.</summary>
    private static void WriteContext(PduBuilder builder, PresentationContextRq context)
    {
        if (context.TransferSyntaxes.Count == 0)
        {
            throw new ArgumentException($"Presentation context {context.Id} needs one transfer syntax at least.");
        }
        var item = builder.BeginItem(ItemType.PresentationContextRq);
        builder.WriteByte(context.Id);
        builder.WriteReserved(3);
        WriteSyntax(builder, ItemType.AbstractSyntax, context.AbstractSyntax, "abstract syntax", context.Id);
        foreach (var transferSyntax in context.TransferSyntaxes)
        {
            WriteSyntax(builder, ItemType.TransferSyntax, transferSyntax, "transfer syntax", context.Id);
        }
        builder.EndCounted(item, "presentation context", context.Id);
    }

    /// <summary>PS3.8 Table 9-18.</summary>
    private static void WriteContext(PduBuilder builder, PresentationContextAc context)
    {
        if (context is { Result: PresentationContextResult.Acceptance, TransferSyntax: null })
        {
            throw new ArgumentException($"Presentation context {context.Id} is accepted and needs its transfer syntax.");
        }
        var item = builder.BeginItem(ItemType.PresentationContextAc);
        builder.WriteByte(context.Id);
        builder.WriteReserved(1);
        builder.WriteByte((byte)context.Result);
        builder.WriteReserved(1);
        WriteSyntax(builder, ItemType.TransferSyntax, context.TransferSyntax ?? NotSignificant, "transfer syntax", context.Id);
        builder.EndCounted(item, "presentation context", context.Id);
    }

    /// <summary>Which context it is, is put into words for a mistake only.</summary>
    private static void WriteSyntax(PduBuilder builder, byte type, string uid, string syntax, byte contextId) =>
        WriteUid(builder, type, uid, SentText.IsUid(uid) ? syntax : $"{syntax} of presentation context {contextId}");

    private static void WriteUid(PduBuilder builder, byte type, string uid, string field) =>
        builder.WriteItem(type, SentText.Uid(uid, field), field);

    /// <summary>PS3.8 §9.3.2 and §7.1.1.13: one context at least, odd identifiers, each once.</summary>
    private static void RequireIds<TContext>(IReadOnlyList<TContext> contexts, Func<TContext, byte> idOf)
    {
        if (contexts.Count is 0 or > MaximumPresentationContexts)
        {
            throw new ArgumentException($"PresentationContexts must be 1 to {MaximumPresentationContexts}, not {contexts.Count}.");
        }
        Span<bool> used = stackalloc bool[byte.MaxValue + 1];
        for (var i = 0; i < contexts.Count; i++)
        {
            var id = idOf(contexts[i]);
            if (id % 2 == 0 || used[id])
            {
                throw new ArgumentException("The identifiers of PresentationContexts must be odd, 1 to 255, each used once.");
            }
            used[id] = true;
        }
    }
}
