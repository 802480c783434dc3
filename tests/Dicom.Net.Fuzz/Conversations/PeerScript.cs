using Dicom.Net.Dimse;
using Dicom.Net.Fuzz.Inputs;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;

namespace Dicom.Net.Fuzz.Conversations;

/// <summary>What a peer says in a conversation, PDU by PDU.</summary>
internal static class PeerScript
{
    /// <summary>The contexts of every conversation: id, abstract syntax, transfer syntaxes.</summary>
    public static readonly PresentationContextRq[] Contexts =
    [
        new(1, DicomUids.Verification, [DicomUids.ImplicitVRLittleEndian]),
        new(3, "1.2.840.10008.5.1.4.1.1.2", [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian]),
        new(5, "1.2.840.10008.5.1.4.1.2.2.1", [DicomUids.ImplicitVRLittleEndian, DicomUids.DeflatedExplicitVRLittleEndian]),
        new(7, "1.2.840.10008.1.20.1", [DicomUids.ExplicitVRBigEndian]),
    ];

    private static readonly CommandField[] Requests =
    [
        CommandField.CEchoRq, CommandField.CEchoRq, CommandField.CStoreRq, CommandField.CStoreRq, CommandField.CFindRq, CommandField.NActionRq,
        CommandField.NEventReportRq, CommandField.NGetRq, CommandField.CMoveRq, CommandField.CGetRq,
    ];

    private static readonly byte[] HttpRequest = "GET / HTTP/1.1\r\nHost: pacs\r\n\r\n"u8.ToArray();

    private static readonly byte[] ClientHello = [0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3];

    /// <summary>What an honest peer says.</summary>
    /// <param name="random">The choices.</param>
    /// <param name="isAcceptor">Whether the library is the acceptor, and the peer asks for the association.</param>
    public static List<byte[]> Valid(FuzzRandom random, bool isAcceptor)
    {
        List<byte[]> pdus = [isAcceptor ? Request(random) : Answer(random)];
        for (int count = random.Next(5), id = 1; id <= count; id++)
        {
            var isRequest = isAcceptor || random.OneIn(3);
            var field = random.Pick<CommandField>(Requests);
            Message(pdus, random, isRequest ? field : (CommandField)((int)field | 0x8000), id, wrongField: -1);
        }

        if (isAcceptor && !random.OneIn(4))
        {
            pdus.Add(Fixed(random, PduType.AReleaseRq));
        }
        else if (!isAcceptor)
        {
            pdus.Add(Fixed(random, random.Pick([PduType.AReleaseRp, PduType.AReleaseRq, PduType.AAbort])));
        }

        return pdus;
    }

    /// <summary>The same, with things out of order, things that do not belong there, and one field or more wrong.</summary>
    public static List<byte[]> Damaged(FuzzRandom random, bool isAcceptor)
    {
        var pdus = Valid(random, isAcceptor);
        for (var damages = random.Next(1, 4); damages > 0; damages--)
        {
            Damage(pdus, random);
        }

        return pdus;
    }

    private static void Damage(List<byte[]> pdus, FuzzRandom random)
    {
        var at = random.Next(pdus.Count);
        switch (random.Next(8))
        {
            case 0:
                pdus.Insert(at, pdus[random.Next(pdus.Count)]);
                break;
            case 1 when pdus.Count > 1:
                pdus.RemoveAt(at);
                break;
            case 2:
                var other = random.Next(pdus.Count);
                (pdus[at], pdus[other]) = (pdus[other], pdus[at]);
                break;
            case 3 or 4:
                Message(pdus, random, random.Pick<CommandField>(CommandGrammar.Fields), random.Next(4), random.OneIn(2) ? -1 : random.Next(50));
                break;
            case 5:
                pdus[at] = Mutator.Mutate(pdus[at], pdus[random.Next(pdus.Count)], random);
                break;
            default:
                pdus.Insert(random.Next(pdus.Count + 1), Stranger(random));
                break;
        }
    }

    /// <summary>A PDU that need not belong there, or no PDU.</summary>
    private static byte[] Stranger(FuzzRandom random)
    {
        switch (random.Next(12))
        {
            case 0:
                return random.Pick([HttpRequest, ClientHello]);
            case 1:
                return random.NextBytes(random.Next(1, 30));
            case 2:
                return Request(random);
            case 3:
                return Answer(random);
            case < 8:
                return Fixed(random, random.Pick([PduType.AAssociateRj, PduType.AReleaseRq, PduType.AReleaseRp, PduType.AAbort]));
            case 8:
                List<byte[]> cancel = [];
                Message(cancel, random, CommandField.CCancelRq, random.Next(4), wrongField: -1);
                return cancel[0];
            default:
                var writer = new FieldWriter(random, random.Next(30));
                PduGrammar.Any(writer, random);
                return writer.ToArray();
        }
    }

    private static byte[] Fixed(FuzzRandom random, PduType type)
    {
        var writer = new FieldWriter(random);
        PduGrammar.Fixed(writer, type, [0, (byte)random.Next(3), (byte)random.Next(4), (byte)random.Next(8)]);
        return writer.ToArray();
    }

    private static byte[] Request(FuzzRandom random)
    {
        var writer = new FieldWriter(random);
        var length = PduGrammar.BeginPdu(writer, PduType.AAssociateRq);
        PduGrammar.FixedFields(writer, random);
        PduGrammar.Item(writer, ItemType.ApplicationContext, PduGrammar.ApplicationContext);
        foreach (var context in Contexts)
        {
            var item = PduGrammar.BeginItem(writer, ItemType.PresentationContextRq);
            writer.Bytes([context.Id, 0, 0, 0]);
            PduGrammar.Item(writer, ItemType.AbstractSyntax, context.AbstractSyntax);
            foreach (var syntax in context.TransferSyntaxes)
            {
                PduGrammar.Item(writer, ItemType.TransferSyntax, syntax);
            }

            writer.End(item);
        }

        PduGrammar.UserInformation(writer, random, PduType.AAssociateRq);
        writer.End(length);
        return writer.ToArray();
    }

    private static byte[] Answer(FuzzRandom random)
    {
        var writer = new FieldWriter(random);
        var length = PduGrammar.BeginPdu(writer, PduType.AAssociateAc);
        PduGrammar.FixedFields(writer, random);
        PduGrammar.Item(writer, ItemType.ApplicationContext, PduGrammar.ApplicationContext);
        foreach (var context in Contexts)
        {
            var item = PduGrammar.BeginItem(writer, ItemType.PresentationContextAc);
            writer.Bytes([context.Id, 0, (byte)(random.OneIn(8) ? random.Next(1, 5) : 0), 0]);
            PduGrammar.Item(writer, ItemType.TransferSyntax, context.TransferSyntaxes[0]);
            writer.End(item);
        }

        PduGrammar.UserInformation(writer, random, PduType.AAssociateAc);
        writer.End(length);
        return writer.ToArray();
    }

    /// <summary>One message, in as many PDVs and PDUs as the choices want.</summary>
    private static void Message(List<byte[]> pdus, FuzzRandom random, CommandField field, int id, int wrongField)
    {
        var context = Contexts[ContextOf(field)];
        var hasDataSet = field is CommandField.CStoreRq or CommandField.CFindRq or CommandField.CGetRq or CommandField.CMoveRq
            || (field is not (CommandField.CEchoRq or CommandField.CEchoRsp or CommandField.CCancelRq or CommandField.NGetRq) && random.OneIn(3));
        Part(pdus, random, context.Id, isCommand: true, CommandGrammar.Of(random, field, id, hasDataSet, wrongField));
        if (hasDataSet)
        {
            var bytes = DataSetGrammar.Any(random, DicomTransferSyntax.Of(context.TransferSyntaxes[0]));
            Part(pdus, random, context.Id, isCommand: false, bytes);
        }
    }

    private static int ContextOf(CommandField field) => ((int)field & 0x7FFF) switch
    {
        0x0030 or 0x0FFF => 0,
        0x0001 => 1,
        0x0010 or 0x0020 or 0x0021 => 2,
        _ => 3,
    };

    private static void Part(List<byte[]> pdus, FuzzRandom random, byte context, bool isCommand, byte[] bytes)
    {
        var pdvs = new FieldWriter(random);
        var longest = random.Pick([16, 100, 1000, 8000]);
        var at = 0;
        do
        {
            var length = Math.Min(longest, bytes.Length - at);
            var isLast = at + length == bytes.Length;
            PduGrammar.Pdv(pdvs, context, (isCommand ? 1 : 0) + (isLast ? 2 : 0), bytes.AsSpan(at, length));
            at += length;
            if (isLast || pdvs.Count > 8000 || random.OneIn(2))
            {
                pdus.Add(PDataOf(random, pdvs));
                pdvs = new(random);
            }
        }
        while (at < bytes.Length);
    }

    private static byte[] PDataOf(FuzzRandom random, FieldWriter pdvs)
    {
        var writer = new FieldWriter(random);
        var length = PduGrammar.BeginPdu(writer, PduType.PDataTf);
        writer.Append(pdvs.ToArray());
        writer.End(length);
        return writer.ToArray();
    }
}
