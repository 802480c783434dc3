using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Dimse;

/// <summary>What a fragmenter sends is what an assembler makes of it, however the way between splits it.</summary>
public class DimseRoundTripTests
{
    [Fact]
    public void FragmenterToAssembler_Point36AnyMaximumBufferAndSplit_IsTheSameMessages()
    {
        var random = new Random(20260202);
        for (var i = 0; i < 2_000; i++)
        {
            var messages = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Message.Any(random)).ToArray();
            var maximum = random.Next(3) switch
            {
                0 => 0u,
                1 => (uint)random.Next(8, 40),
                _ => (uint)random.Next(8, 4000),
            };

            var pdvs = messages.SelectMany(message => message.Sent(maximum, bufferSize: random.Next(14, 5000))).ToArray();

            // What a PDU holds means nothing to the assembler, so that a list of PDVs is every joining of them into PDUs.
            Assert.Equal(messages, Assembled(Split(pdvs, random)), Message.Comparer);
        }
    }

    private static List<Message> Assembled(IEnumerable<PresentationDataValue> pdvs)
    {
        var assembler = new DimseAssembler(new DimseLimits());
        var messages = new List<Message>();
        var data = new List<byte>();
        foreach (var pdv in pdvs)
        {
            var step = assembler.Add(pdv);
            if (step is DimseStep.DataFragment or DimseStep.LastDataFragment)
            {
                data.AddRange(pdv.Fragment.Span);
            }

            if (step is DimseStep.CommandComplete or DimseStep.LastDataFragment)
            {
                Assert.True(assembler.IsIdle);
                messages.Add(new(assembler.ContextId, assembler.CommandBytes.ToArray(), assembler.Command!.HasDataSet ? [.. data] : null));
                data.Clear();
            }
        }

        return messages;
    }

    // Splits PDVs anywhere, odd places and empty pieces among them.
    private static IEnumerable<PresentationDataValue> Split(PresentationDataValue[] pdvs, Random random)
    {
        foreach (var pdv in pdvs)
        {
            var rest = pdv.Fragment;
            for (var pieces = random.Next(4); pieces > 0; pieces--)
            {
                var length = random.Next(rest.Length + 1);
                yield return pdv with { Fragment = rest[..length], IsLast = false };
                rest = rest[length..];
            }

            yield return pdv with { Fragment = rest };
        }
    }

    private sealed record Message(byte ContextId, byte[] Command, byte[]? Data)
    {
        public static readonly IEqualityComparer<Message> Comparer = EqualityComparer<Message>.Create(
            (x, y) => x!.ContextId == y!.ContextId
                && x.Command.AsSpan().SequenceEqual(y.Command)
                && (x.Data is null) == (y.Data is null)
                && x.Data.AsSpan().SequenceEqual(y.Data));

        public static Message Any(Random random)
        {
            var contextId = (byte)(random.Next(128) * 2 + 1);
            if (random.Next(3) == 0)
            {
                return new(contextId, CommandSet.CEchoRq((ushort)random.Next(65536), "1.2.840.10008.1.1").Encode().ToArray(), Data: null);
            }

            var data = new byte[random.Next(3) == 0 ? 0 : random.Next(1500) * 2];
            random.NextBytes(data);
            return new(contextId, CommandSet.CStoreRq((ushort)random.Next(65536), "1.2.3", "1.2.3.4").Encode().ToArray(), data);
        }

        public IEnumerable<PresentationDataValue> Sent(uint maximum, int bufferSize) =>
            SentPdus.Of(new(ContextId, Command, Source(), maximum), bufferSize).Select(pdu => pdu.Pdv);

        private MemoryDataSetSource? Source() => Data is null ? null : new(Data);
    }
}
