using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class PDataTfTests
{
    [Fact]
    public void ReadPData_Point36CaptureOfSeveralPdvs_YieldsEachOverTheBuffer()
    {
        ReadOnlyMemory<byte> body = Capture.Body(Capture.PDataTf);
        var pdvs = Values(PduReader.ReadPData(body));
        Assert.Equal(
            [
                new PresentationDataValue(1, true, true, body.Slice(6, 3)),
                new PresentationDataValue(1, false, false, body.Slice(15, 2)),
                new PresentationDataValue(1, false, true, body.Slice(23, 0)),
            ],
            pdvs);
    }

    [Fact]
    public void ReadPData_Point39EmptyLastFragment_IsAccepted()
    {
        var pdv = Assert.Single(Values(PduReader.ReadPData(Capture.Hex("00000002 03 02"))));
        Assert.True(pdv is { ContextId: 3, IsCommand: false, IsLast: true, Fragment.IsEmpty: true });
    }

    [Theory]
    [InlineData(0x00, false, false)]
    [InlineData(0xFC, false, false)]
    [InlineData(0xFD, true, false)]
    [InlineData(0xFE, false, true)]
    [InlineData(0xFF, true, true)]
    public void ReadPData_Point40ControlHeader_CountsBits0And1Only(byte control, bool isCommand, bool isLast)
    {
        var pdv = Assert.Single(Values(PduReader.ReadPData(new byte[] { 0, 0, 0, 3, 1, control, 7 })));
        Assert.Equal((isCommand, isLast), (pdv.IsCommand, pdv.IsLast));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("00000000 01 02")] // length 0
    [InlineData("00000001 01 02")] // length 1: no room for the control header
    [InlineData("00000003 01 02")] // one byte more than there is
    [InlineData("FFFFFFFF 01 02 AAAA")]
    [InlineData("7FFFFFFF 01 02 AAAA")]
    [InlineData("FFFFFFFC 01 02 AAAA")] // plus four wraps to nothing
    [InlineData("80000000 01 02 AAAA")]
    [InlineData("00000004 01 02 AAAA 00")] // one trailing byte
    [InlineData("00000004 01 02 AAAA 0000000201")] // five trailing bytes
    [InlineData("00000004 01 02 AAAA 00000000 01 02")] // a second PDV of length 0
    public void ReadPData_Point42ListThatIsNotWhole_IsInvalid(string hex) =>
        AssertInvalid(() => PduReader.ReadPData(Capture.Hex(hex)));

    [Fact]
    public void ReadPData_AndEnumeration_AllocateNothing()
    {
        ReadOnlyMemory<byte> body = Capture.Body(Capture.PDataTf);
        Assert.Equal(5, CountBytes(body, 1));
        Assert.Equal(0, Allocations.LeastOf(() => CountBytes(body, 1_000)));
    }

    [Fact]
    public void GetEnumerator_DefaultValue_IsEmpty() => Assert.Empty(Values(default));

    private static int CountBytes(ReadOnlyMemory<byte> body, int rounds)
    {
        var bytes = 0;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var pdv in PduReader.ReadPData(body))
            {
                bytes += pdv.Fragment.Length;
            }
        }
        return bytes;
    }

    private static List<PresentationDataValue> Values(PDataTf pdu)
    {
        List<PresentationDataValue> values = [];
        foreach (var value in pdu)
        {
            values.Add(value);
        }
        return values;
    }
}
