namespace Dicom.Net.Pdus;

/// <summary>Reads A-ASSOCIATE-RQ and -AC, which differ in their presentation context items only (PS3.8 §9.3.2 and §9.3.3).</summary>
/// <remarks>
/// Items are taken in any order and unknown ones are skipped. Where an item that may stand once stands again, the first is taken and
/// the others are not even parsed: nothing appended to a PDU changes what was said before it.
/// </remarks>
internal static class AssociateReader
{
    /// <summary>Protocol-version, two reserved bytes and the address fields (PS3.8 Table 9-11).</summary>
    public const uint FixedFieldsSize = 2 + 2 + AddressFields.Size;

    /// <summary>PS3.8 Table 9-11.</summary>
    private const int AETitleSize = 16;

    public static AAssociateRq ReadRq(ReadOnlySpan<byte> body, PduLimits limits)
    {
        var reader = new FieldReader(body, "A-ASSOCIATE-RQ");
        var version = ReadVersion(ref reader);
        var address = reader.ReadBytes(AddressFields.Size, "AE titles");
        var items = ReadItems(ref reader, PduType.AAssociateRq, ItemType.PresentationContextRq, ReadContextRq, limits);
        RequireIdsOfRequest(items.Contexts);
        return new()
        {
            ProtocolVersion = version,
            CalledAETitle = PeerText.AETitle(address[..AETitleSize]),
            CallingAETitle = PeerText.AETitle(address.Slice(AETitleSize, AETitleSize)),
            AddressFields = new(address.ToArray()),
            ApplicationContextName = items.ApplicationContextName,
            PresentationContexts = items.Contexts,
            UserInformation = items.UserInformation,
        };
    }

    public static AAssociateAc ReadAc(ReadOnlySpan<byte> body, PduLimits limits)
    {
        var reader = new FieldReader(body, "A-ASSOCIATE-AC");
        var version = ReadVersion(ref reader);
        var address = reader.ReadBytes(AddressFields.Size, "Reserved");
        var items = ReadItems(ref reader, PduType.AAssociateAc, ItemType.PresentationContextAc, ReadContextAc, limits);
        RequireDistinct(items.Contexts, context => context.Id);
        return new()
        {
            ProtocolVersion = version,
            CalledAETitle = PeerText.AETitle(address[..AETitleSize]),
            CallingAETitle = PeerText.AETitle(address.Slice(AETitleSize, AETitleSize)),
            AddressFields = new(address.ToArray()),
            ApplicationContextName = items.ApplicationContextName,
            PresentationContexts = items.Contexts,
            UserInformation = items.UserInformation,
        };
    }

    private static ushort ReadVersion(ref FieldReader reader)
    {
        var version = reader.ReadUInt16("Protocol-version");
        reader.ReadBytes(2, "Reserved");
        return version;
    }

    private static VariableItems<TContext> ReadItems<TContext>(
        ref FieldReader reader, PduType pdu, byte contextType, Func<ReadOnlySpan<byte>, TContext> readContext, PduLimits limits)
    {
        string? applicationContextName = null;
        UserInformation? userInformation = null;
        List<TContext> contexts = [];
        while (!reader.IsAtEnd)
        {
            var item = reader.ReadItem();
            if (item.Type == ItemType.ApplicationContext)
            {
                applicationContextName ??= PeerText.Uid(item.Body);
            }
            else if (item.Type == ItemType.UserInformation)
            {
                userInformation ??= UserInformationReader.Read(item.Body, pdu);
            }
            else if (item.Type == contextType)
            {
                RequireRoom(contexts.Count, limits);
                contexts.Add(readContext(item.Body));
            }
        }
        return new(applicationContextName ?? "", contexts, userInformation ?? UserInformation.Empty);
    }

    /// <summary>PS3.8 Table 9-13.</summary>
    private static PresentationContextRq ReadContextRq(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "presentation context item");
        var id = reader.ReadByte("Presentation-context-ID");
        reader.ReadBytes(3, "Reserved");
        string? abstractSyntax = null;
        List<string> transferSyntaxes = [];
        while (!reader.IsAtEnd)
        {
            var subItem = reader.ReadItem();
            if (subItem.Type == ItemType.AbstractSyntax)
            {
                abstractSyntax ??= PeerText.Uid(subItem.Body);
            }
            else if (subItem.Type == ItemType.TransferSyntax)
            {
                transferSyntaxes.Add(PeerText.Uid(subItem.Body));
            }
        }
        if (abstractSyntax is null || transferSyntaxes.Count == 0)
        {
            // PS3.8 §9.3.2.2: one abstract syntax and one or more transfer syntaxes.
            throw PduException.Invalid($"Presentation context {id} has no {(abstractSyntax is null ? "abstract" : "transfer")} syntax.");
        }
        return new(id, abstractSyntax, transferSyntaxes);
    }

    /// <summary>PS3.8 Table 9-18: the transfer syntax of a rejection is not significant, so it is not even looked at.</summary>
    private static PresentationContextAc ReadContextAc(ReadOnlySpan<byte> body)
    {
        var reader = new FieldReader(body, "presentation context item");
        var id = reader.ReadByte("Presentation-context-ID");
        reader.ReadByte("Reserved");
        var result = (PresentationContextResult)reader.ReadByte("Result/Reason");
        if (result != PresentationContextResult.Acceptance)
        {
            return new(id, result, null);
        }
        reader.ReadByte("Reserved");
        string? transferSyntax = null;
        while (!reader.IsAtEnd)
        {
            var subItem = reader.ReadItem();
            if (subItem.Type == ItemType.TransferSyntax)
            {
                transferSyntax ??= PeerText.Uid(subItem.Body);
            }
        }
        return new(id, result, transferSyntax);
    }

    /// <summary>PS3.8 §9.3.2: one or more contexts; Table 9-13: odd identifiers.</summary>
    private static void RequireIdsOfRequest(List<PresentationContextRq> contexts)
    {
        if (contexts.Count == 0)
        {
            throw PduException.Invalid("A-ASSOCIATE-RQ proposes no presentation context.");
        }
        if (contexts.Find(context => context.Id % 2 == 0) is { } even)
        {
            throw PduException.Invalid($"Presentation-context-ID {even.Id} is not odd.");
        }
        RequireDistinct(contexts, context => context.Id);
    }

    /// <summary>PS3.8 §7.1.1.13: an identifier names one context; with two, nobody knows which one a message is of.</summary>
    private static void RequireDistinct<TContext>(List<TContext> contexts, Func<TContext, byte> idOf)
    {
        Span<bool> seen = stackalloc bool[byte.MaxValue + 1];
        foreach (var context in contexts)
        {
            ref var isSeen = ref seen[idOf(context)];
            if (isSeen)
            {
                throw PduException.Invalid($"Presentation-context-ID {idOf(context)} is used twice.");
            }
            isSeen = true;
        }
    }

    private static void RequireRoom(int count, PduLimits limits)
    {
        if (count >= limits.MaximumPresentationContexts)
        {
            throw PduException.Invalid($"More than {limits.MaximumPresentationContexts} presentation contexts.");
        }
    }

    private readonly record struct VariableItems<TContext>(
        string ApplicationContextName, List<TContext> Contexts, UserInformation UserInformation);
}
