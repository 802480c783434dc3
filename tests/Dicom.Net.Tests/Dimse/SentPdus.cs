using System.Buffers.Binary;
using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Dimse;

/// <summary>The P-DATA-TF PDUs that a fragmenter made, taken apart by hand.</summary>
internal static class SentPdus
{
    /// <summary>Lets a fragmenter send its whole message through a buffer of one size; each PDU with its length and its one PDV.</summary>
    public static List<(int Length, PresentationDataValue Pdv)> Of(DimseFragmenter fragmenter, int bufferSize)
    {
        var sent = new List<byte>();
        while (!fragmenter.IsComplete)
        {
            var buffer = new byte[bufferSize];
            var written = fragmenter.Fill(buffer);
            Assert.InRange(written, 12, bufferSize);
            sent.AddRange(buffer.AsSpan(0, written));
        }

        Assert.Equal(sent.Count, fragmenter.BytesSent);
        return TakenApart([.. sent]);
    }

    private static List<(int Length, PresentationDataValue Pdv)> TakenApart(byte[] sent)
    {
        var pdus = new List<(int, PresentationDataValue)>();
        for (var at = 0; at < sent.Length;)
        {
            Assert.Equal([0x04, 0x00], sent[at..(at + 2)]);
            var length = BinaryPrimitives.ReadInt32BigEndian(sent.AsSpan(at + 2));
            Assert.Equal(length - 4, BinaryPrimitives.ReadInt32BigEndian(sent.AsSpan(at + 6)));
            var control = sent[at + 11];
            Assert.InRange(control, 0, 3);
            var fragment = sent.AsMemory(at + 12, length - 6);
            pdus.Add((length, new(sent[at + 10], (control & 1) != 0, (control & 2) != 0, fragment)));
            at += 6 + length;
        }

        return pdus;
    }
}
