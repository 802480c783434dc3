using Dicom.Net.Pdus;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class PduWriterTests
{
    [Fact]
    public void Write_AAssociateRq_IsTheCapture() =>
        Assert.Equal(Capture.AAssociateRq, Written(output => PduWriter.Write(Capture.AAssociateRqValue, output)));

    [Fact]
    public void Write_AAssociateAc_IsTheCapture() =>
        Assert.Equal(Capture.AAssociateAc, Written(output => PduWriter.Write(Capture.AAssociateAcValue, output)));

    [Fact]
    public void Write_AAssociateRj_IsTheCapture() =>
        Assert.Equal(Capture.AAssociateRj, Written(output => PduWriter.Write(AAssociateRj.CalledAETitleNotRecognized, output)));

    [Fact]
    public void Write_AAbort_IsTheCapture() =>
        Assert.Equal(Capture.AAbort, Written(output => PduWriter.Write(AAbort.ByProvider(AbortReason.UnexpectedPdu), output)));

    [Fact]
    public void WriteReleaseRq_Always_IsTheCapture() => Assert.Equal(Capture.AReleaseRq, Written(PduWriter.WriteReleaseRq));

    [Fact]
    public void WriteReleaseRp_Always_IsTheCapture() => Assert.Equal(Capture.AReleaseRp, Written(PduWriter.WriteReleaseRp));

    [Fact]
    public void WriteHeaders_Point4OverDirtyMemory_SendReservedBytesAsZero()
    {
        var bytes = new byte[15];
        bytes.AsSpan().Fill(0xFF);
        PduWriter.WritePDataHeader(bytes, 9);
        PduWriter.WritePdvHeader(bytes.AsSpan(6), 3, 255, isCommand: true, isLast: false);
        "abc"u8.CopyTo(bytes.AsSpan(12));
        Assert.Equal(Capture.Hex("04 00 00000009  00000005 FF 01 'abc'"), bytes);
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 2)]
    [InlineData(true, true, 3)]
    public void WritePdvHeader_ControlHeader_HasCommandInBit0AndLastInBit1(bool isCommand, bool isLast, byte expected)
    {
        var header = new byte[PduWriter.PdvHeaderSize];
        PduWriter.WritePdvHeader(header, 0, 1, isCommand, isLast);
        Assert.Equal([0, 0, 0, 2, 1, expected], header);
    }

    [Fact]
    public void WriteHeaders_LengthThatCannotBe_IsTheCallersMistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PduWriter.WritePDataHeader(new byte[6], 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => PduWriter.WritePdvHeader(new byte[6], -1, 1, false, false));
    }

    [Fact]
    public void WritePdvHeader_LongestFragment_DoesNotWrap()
    {
        var header = new byte[6];
        PduWriter.WritePdvHeader(header, int.MaxValue, 1, false, false);
        Assert.Equal(Capture.Hex("80000001 01 00"), header);
    }
}
