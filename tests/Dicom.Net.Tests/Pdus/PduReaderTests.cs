using Dicom.Net.Pdus;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class PduReaderTests
{
    private static readonly PduLimits Limits = PduLimits.Default;

    [Fact]
    public void Check_EveryCapture_Passes()
    {
        byte[][] captures =
        [
            Capture.AAssociateRq, Capture.AAssociateAc, Capture.AAssociateRj, Capture.PDataTf,
            Capture.AReleaseRq, Capture.AReleaseRp, Capture.AAbort,
        ];
        foreach (var capture in captures)
        {
            Assert.True(PduHeader.TryRead(capture, out var header));
            Assert.Equal((uint)(capture.Length - PduHeader.Size), header.Length);
            PduReader.Check(header, Limits);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Check_Point5LengthOf4GiB_IsRefusedWithoutMemory(byte type)
    {
        var header = new PduHeader(type, uint.MaxValue);
        foreach (var limits in new[] { Limits, Limits with { MaximumDataLength = 0 } })
        {
            AssertInvalid(() => PduReader.Check(header, limits));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Check_Point6LengthZero_IsRefused(byte type) => AssertInvalid(() => PduReader.Check(new(type, 0), Limits));

    [Theory]
    [InlineData(3, 3, false)]
    [InlineData(3, 4, true)]
    [InlineData(5, 8, true)]
    [InlineData(6, 8, true)]
    [InlineData(7, 8, true)]
    [InlineData(7, 64, true)]
    [InlineData(7, 65, false)]
    [InlineData(1, 67, false)]
    [InlineData(1, 68, true)]
    [InlineData(1, 1024 * 1024, true)]
    [InlineData(2, 1024 * 1024 + 1, false)]
    [InlineData(4, 5, false)]
    [InlineData(4, 6, true)]
    public void Check_Point6LengthAtTheEdge_IsJudgedByTheTypesLimits(byte type, uint length, bool passes)
    {
        var exception = Record.Exception(() => PduReader.Check(new(type, length), Limits));
        Assert.Equal(passes, exception is null);
        Assert.True(passes || exception is PduException { Reason: AbortReason.InvalidParameterValue });
    }

    [Theory]
    [InlineData(16384, 16384, true)]
    [InlineData(16384, 16385, false)]
    [InlineData(0, 16777216, true)]
    [InlineData(0, 16777217, false)]
    public void Check_Point41DataLength_IsHeldToWhatWasAnnounced(uint announced, uint length, bool passes)
    {
        var exception = Record.Exception(() => PduReader.Check(new(4, length), Limits with { MaximumDataLength = announced }));
        Assert.Equal(passes, exception is null);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x08)]
    [InlineData(0x16)] // TLS handshake record
    [InlineData((byte)'G')] // HTTP
    [InlineData((byte)'S')] // SSH
    [InlineData(0xFF)]
    public void Check_Point8And10UnknownType_IsUnrecognizedPdu(byte type)
    {
        var exception = Assert.Throws<PduException>(() => PduReader.Check(new(type, 4), Limits));
        Assert.Equal(AbortReason.UnrecognizedPdu, exception.Reason);
    }

    [Fact]
    public void Check_LargestHonestRequest_Fits()
    {
        var uid = new string('1', 64);
        string[] syntaxes = [.. Enumerable.Repeat(uid, 64)];
        var request = Capture.AAssociateRqValue with
        {
            PresentationContexts = [.. Enumerable.Range(0, 128).Select(i => new PresentationContextRq((byte)(2 * i + 1), uid, syntaxes))],
        };
        var bytes = Written(output => PduWriter.Write(request, output));
        Assert.True(PduHeader.TryRead(bytes, out var header));
        PduReader.Check(header, Limits);
        Assert.Equal(request, ReadRq(Capture.Body(bytes)));
    }

    [Fact]
    public void ReadAssociateRj_Capture_IsItsValue() =>
        Assert.Equal(AAssociateRj.CalledAETitleNotRecognized, PduReader.ReadAssociateRj(Capture.Body(Capture.AAssociateRj)));

    [Theory]
    [InlineData(9, 9, 9)]
    [InlineData(0, 0, 0)]
    [InlineData(255, 255, 255)]
    public void ReadAssociateRj_Point32UnknownCodes_AreKept(byte result, byte source, byte reason) =>
        Assert.Equal(new AAssociateRj(result, source, reason), PduReader.ReadAssociateRj([0, result, source, reason]));

    [Fact]
    public void ReadAbort_Point9Capture_HasSourceAndReasonAtBytes9And10() =>
        Assert.Equal(AAbort.ByProvider(AbortReason.UnexpectedPdu), PduReader.ReadAbort(Capture.Body(Capture.AAbort)));

    [Fact]
    public void ReadAbort_Point9UnknownCodes_AreKept() => Assert.Equal(new AAbort(1, 3), PduReader.ReadAbort([0, 0, 1, 3]));

    [Fact]
    public void Read_Point4ReservedBytes_AreNotTested()
    {
        Assert.Equal(new AAssociateRj(1, 2, 2), PduReader.ReadAssociateRj([0xFF, 1, 2, 2]));
        Assert.Equal(new AAbort(2, 6), PduReader.ReadAbort([0xFF, 0xFF, 2, 6]));
    }

    [Fact]
    public void Read_Point6OverlongFixedPdu_IsReadByItsFirstFields()
    {
        Assert.Equal(new AAssociateRj(1, 1, 3), PduReader.ReadAssociateRj([0, 1, 1, 3, 9, 9, 9, 9]));
        Assert.Equal(new AAbort(2, 1), PduReader.ReadAbort([0, 0, 2, 1, 9, 9, 9, 9]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_FixedPduCutOff_IsInvalid(int length)
    {
        AssertInvalid(() => PduReader.ReadAssociateRj(new byte[length]));
        AssertInvalid(() => PduReader.ReadAbort(new byte[length]));
    }
}
