namespace Dicom.Net.Tests.Codes;

/// <summary>Numbers that travel on the wire, or that programs have stored, never change.</summary>
public sealed class CodesTests
{
    [Fact]
    public void RejectCodes_AreThoseOfTable9Dash21()
    {
        Assert.Equal([1, 2], Values<DicomAssociateRejectResultType>());
        Assert.Equal([1, 2, 3], Values<DicomAssociateRejectSourceType>());
        Assert.Equal((1, 2, 3, 7), (
            (int)DicomAssociateRejectReasonType.Unknown, (int)DicomAssociateRejectReasonType.Application,
            (int)DicomAssociateRejectReasonType.Calling, (int)DicomAssociateRejectReasonType.Called));
        Assert.Equal((2, 1, 2), (
            (int)DicomAssociateRejectReasonType.Version, (int)DicomAssociateRejectReasonType.Congestion,
            (int)DicomAssociateRejectReasonType.Limit));
    }

    [Fact]
    public void AbortCodes_AreThoseOfTable9Dash26()
    {
        Assert.Equal([0, 2], Values<DicomAbortSourceType>());
        Assert.Equal([0, 1, 2, 4, 5, 6], Values<DicomAbortReasonType>());
    }

    [Fact]
    public void AcceptResults_AreThoseOfTable9Dash18() => Assert.Equal([0, 1, 2, 3, 4], Values<DicomAssociateAcceptResultType>());

    [Fact]
    public void PduTypes_AreThoseOfPart8() => Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Values<DicomPduType>());

    [Fact]
    public void SecurityModesAndIpTypes_AreLDicomNets()
    {
        Assert.Equal([0, 1, 2], Values<DicomNetSecurityMode>());
        Assert.Equal([0, 1, 2, 3], Values<IpType>());
    }

    [Fact]
    public void ExceptionCodes_AreStable() => Assert.Equal(
        [.. Enumerable.Range(0, 5), .. Enumerable.Range(100, 23), 200, 201, 202, 300, 301, 302, 303], Values<DicomExceptionCode>());

    private static IEnumerable<int> Values<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(value => Convert.ToInt32(value, null)).Distinct().Order();
}
