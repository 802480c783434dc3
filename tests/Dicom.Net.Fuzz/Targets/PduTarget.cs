using System.Buffers;
using System.Buffers.Binary;
using Dicom.Net.Associations;
using Dicom.Net.Fuzz.Inputs;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Pdus;
using Dicom.Net.UpperLayer;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>
/// One PDU, as the driver reads it: the outcome is a PDU or a <see cref="PduException"/>. What could be read can be described, judged,
/// written again, and read again as the same.
/// </summary>
internal sealed class PduTarget : IFuzzTarget
{
    public string Name => "pdu";

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var bytes = fuzzCase.Input = Make(random);
        if (!PduHeader.TryRead(bytes, out var header))
        {
            return;
        }

        Judge(header);
        var body = bytes[PduHeader.Size..];
        RequirePrintable(PduSummary.Describe(header, body));
        var allocations = new Allocations();
        try
        {
            // What follows is the body, whatever the header claims.
            PduReader.Check(header with { Length = (uint)body.Length }, PduLimits.Default);
            Read((PduType)header.Type, body, allocations);
            fuzzCase.IsTaken = true;
        }
        catch (PduException refusal)
        {
            // Two exceptions with traces, and some objects for each byte.
            allocations.RequireAtMost(30_000, 40, body.Length);
            RequirePrintable(refusal.Message);
        }
    }

    private static byte[] Make(FuzzRandom random)
    {
        var bytes = random.Next(8) switch
        {
            0 => Random(random),
            < 4 => Mutator.Mutate(random.Pick(Corpus.Shared.Of("pdu")), random.Pick(Corpus.Shared.Of("pdu")), random),
            _ => Grammatical(random),
        };
        if (bytes.Length >= PduHeader.Size && !random.OneIn(4))
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(2), (uint)(bytes.Length - PduHeader.Size));
        }

        return bytes;
    }

    private static byte[] Random(FuzzRandom random)
    {
        var bytes = random.NextBytes(random.Next(200));
        if (bytes.Length > 0)
        {
            bytes[0] = (byte)random.Next(9);
        }

        return bytes;
    }

    private static byte[] Grammatical(FuzzRandom random)
    {
        var writer = new FieldWriter(random, random.OneIn(6) ? -1 : random.Next(random.Pick([8, 30, 120])));
        PduGrammar.Any(writer, random);
        return writer.ToArray();
    }

    /// <summary>The header alone, with the length that it claims: judged before a byte of the body is there.</summary>
    private static void Judge(PduHeader header)
    {
        var allocations = new Allocations();
        try
        {
            PduReader.Check(header, PduLimits.Default);
            FuzzFinding.Unless(header.Length <= PduLimits.Default.MaximumAssociateLength, $"A length of {header.Length} is let through.");
        }
        catch (PduException)
        {
            allocations.RequireAtMost(10_000, 0, 0);
        }
    }

    private static void Read(PduType type, byte[] body, Allocations allocations)
    {
        switch (type)
        {
            case PduType.AAssociateRq:
                var request = PduReader.ReadAssociateRq(body, PduLimits.Default);
                allocations.RequireAtMost(30_000, 40, body.Length);
                Use(request);
                break;
            case PduType.AAssociateAc:
                var accept = PduReader.ReadAssociateAc(body, PduLimits.Default);
                allocations.RequireAtMost(30_000, 40, body.Length);
                Use(accept);
                break;
            case PduType.AAssociateRj:
                RequirePrintable(PduReader.ReadAssociateRj(body).ToString());
                break;
            case PduType.AAbort:
                RequirePrintable(PduReader.ReadAbort(body).ToString());
                break;
            case PduType.PDataTf:
                Use(PduReader.ReadPData(body), body.Length);
                break;
        }
    }

    private static void Use(AAssociateRq request)
    {
        RequirePrintable(request.ToString());
        var refusal = AssociateRequestCheck.RefusalOf(request);
        FuzzFinding.Unless(refusal is null or { Result: 1 or 2, Source: 1 or 2 or 3 }, $"Refused with {refusal}, which PS3.8 §9.3.4 does not have.");
        FuzzFinding.Unless(request.PresentationContexts.Count is > 0 and <= 128, "No contexts, or too many, are let through.");
        if (Written(output => PduWriter.Write(request, output)) is { } written)
        {
            var again = PduReader.ReadAssociateRq(written.AsSpan(PduHeader.Size), PduLimits.Default);
            FuzzFinding.Unless(again.Equals(request), $"Read {request}, wrote it, and read {again}.");
        }
    }

    private static void Use(AAssociateAc accept)
    {
        RequirePrintable(accept.ToString());
        Agree(accept);
        if (Written(output => PduWriter.Write(accept, output)) is { } written)
        {
            var again = PduReader.ReadAssociateAc(written.AsSpan(PduHeader.Size), PduLimits.Default);
            FuzzFinding.Unless(again.Equals(accept), $"Read {accept}, wrote it, and read {again}.");
        }
    }

    /// <summary>The answer to a request that proposed other things, or some of the same.</summary>
    private static void Agree(AAssociateAc accept)
    {
        var request = new AAssociateRq
        {
            PresentationContexts = [.. Enumerable.Range(0, 4).Select(i => new PresentationContextRq((byte)(2 * i + 1), "1.2.3", PduGrammar.TransferSyntaxes))],
        };
        try
        {
            var agreed = NegotiatedParameters.Of(request, accept, AssociationRole.Requestor);
            for (var id = 0; id <= byte.MaxValue; id++)
            {
                var isProposed = agreed.Find((byte)id) is null || request.FindContext((byte)id) is not null;
                FuzzFinding.Unless(isProposed, $"Context {id} was never proposed, and counts as accepted.");
            }
        }
        catch (PduException)
        {
            // A transfer syntax that was not proposed.
        }
    }

    private static void Use(PDataTf data, int length)
    {
        var total = 0;
        foreach (var pdv in data)
        {
            total += PdvHeader.Size + pdv.Fragment.Length;
        }

        FuzzFinding.Unless(total == length, $"The PDVs have {total} of {length} bytes.");
    }

    /// <summary>Null: a peer may send what we would not.</summary>
    private static byte[]? Written(Action<IBufferWriter<byte>> write)
    {
        try
        {
            var output = new ArrayBufferWriter<byte>();
            write(output);
            return output.WrittenSpan.ToArray();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static void RequirePrintable(string text) => TextTarget.RequirePrintable(text);
}
