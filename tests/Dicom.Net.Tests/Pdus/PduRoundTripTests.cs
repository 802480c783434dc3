using Dicom.Net.Pdus;
using FsCheck;
using FsCheck.Fluent;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class PduRoundTripTests
{
    [Fact]
    public void AAssociateRq_WrittenAndRead_IsTheSame() => Holds(PduGenerators.AAssociateRq, pdu =>
        ReadRq(BodyOf(Written(output => PduWriter.Write(pdu, output)))) == pdu);

    [Fact]
    public void AAssociateAc_WrittenAndRead_IsTheSame() => Holds(PduGenerators.AAssociateAc, pdu =>
        ReadAc(BodyOf(Written(output => PduWriter.Write(pdu, output)))) == pdu);

    [Fact]
    public void AAssociateRj_WrittenAndRead_IsTheSame() => Holds(PduGenerators.AAssociateRj, pdu =>
        PduReader.ReadAssociateRj(BodyOf(Written(output => PduWriter.Write(pdu, output)))) == pdu);

    [Fact]
    public void AAbort_WrittenAndRead_IsTheSame() => Holds(PduGenerators.AAbort, pdu =>
        PduReader.ReadAbort(BodyOf(Written(output => PduWriter.Write(pdu, output)))) == pdu);

    [Fact]
    public void PDataTf_WrittenAndRead_IsTheSame() => Holds(PduGenerators.Pdvs, pdvs =>
    {
        var list = pdvs.SelectMany(Encoded).ToArray();
        var bytes = new byte[PduWriter.PDataHeaderSize + list.Length];
        PduWriter.WritePDataHeader(bytes, list.Length);
        list.CopyTo(bytes, PduWriter.PDataHeaderSize);
        var read = new List<byte[]>();
        foreach (var pdv in PduReader.ReadPData(BodyOf(bytes)))
        {
            read.Add(Encoded(pdv));
        }
        return read.SelectMany(pdv => pdv).SequenceEqual(list) && read.Count == pdvs.Length;
    });

    private static byte[] Encoded(PresentationDataValue pdv)
    {
        var bytes = new byte[PduWriter.PdvHeaderSize + pdv.Fragment.Length];
        PduWriter.WritePdvHeader(bytes, pdv.Fragment.Length, pdv.ContextId, pdv.IsCommand, pdv.IsLast);
        pdv.Fragment.CopyTo(bytes.AsMemory(PduWriter.PdvHeaderSize));
        return bytes;
    }

    /// <summary>The body, after the header was found to be in order.</summary>
    private static byte[] BodyOf(byte[] pdu)
    {
        Assert.True(PduHeader.TryRead(pdu, out var header));
        PduReader.Check(header, PduLimits.Default);
        Assert.Equal((uint)(pdu.Length - PduHeader.Size), header.Length);
        return Capture.Body(pdu);
    }

    private static void Holds<T>(Gen<T> gen, Func<T, bool> property) =>
        Prop.ForAll(gen.ToArbitrary(), property).QuickCheckThrowOnFailure();
}
