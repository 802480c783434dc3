using System.Text;
using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>Points 1 to 10: how PDUs lie in the stream, and what lies there instead.</summary>
public sealed class DriverFramingTests
{
    public static TheoryData<byte> AllTypes => [1, 2, 3, 4, 5, 6, 7];

    [Fact]
    public async Task Driver_Point01DataPduOfLengthZero_IsAbortedAtOnce()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.Header(4, 0));
        driver.ExpectSent("AAbort 2/6");
    }

    [Fact]
    public async Task Driver_Point02AssociationByteByByte_IsServed()
    {
        await using var driver = new InlineDriver();
        byte[] stream =
        [
            .. WireBytes.Of(WireBytes.Request()),
            .. WireBytes.EchoRq(1),
            .. WireBytes.StoreRq(2),
            .. WireBytes.StoreData(true, WireBytes.PixelData(10)),
            .. WireBytes.ReleaseRq,
        ];
        foreach (var value in stream)
        {
            driver.Deliver([value]);
        }

        driver.ExpectSent("AAssociateAc", "PDataTf", "PDataTf", "AReleaseRp");
        await driver.EndAsync();
        Assert.Equal(["Connected", "AssociateRequest", "Message", "Message", "ReleaseRequest", "Closed"], driver.Handler.Names);
        Assert.Equal(new(AssociationEndKind.Orderly), driver.Handler.End);
    }

    [Fact]
    public async Task Driver_Point03SeveralPdusInOneSegment_AreServedInOrder()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(
            WireBytes.EchoRq(1), WireBytes.EchoRq(2), WireBytes.StoreRq(3), WireBytes.StoreData(true, 1, 2), WireBytes.ReleaseRq);
        var sent = driver.TakeSent();
        Assert.Equal([1, 2, 3], sent[..3].Select(pdu => (int)WireBytes.CommandOf(pdu).MessageIdBeingRespondedTo!));
        Assert.Equal("AReleaseRp", Assert.Single(sent[3..]).ToString());
    }

    [Fact]
    public async Task Driver_Point03ResponseAndReleaseInOneSegment_AreBothTold()
    {
        await using var driver = InlineDriver.RequestorAssociated();
        driver.Deliver(WireBytes.EchoRsp(1), WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRp");
        Assert.Equal(["Connected", "AssociateAccept", "Message", "ReleaseRequest"], driver.Handler.Names);
    }

    [Fact]
    public async Task Driver_Point04ReservedBytes_AreNotTested()
    {
        await using var driver = new InlineDriver();
        var request = WireBytes.Of(WireBytes.Request());
        request[1] = request[8] = request[9] = 0xFF;
        request.AsSpan(42, 32).Fill(0xFF);
        driver.Deliver(request);
        var echo = WireBytes.EchoRq(1);
        echo[1] = 0xFF;
        driver.Deliver(echo);
        driver.Deliver([5, 0xFF, 0, 0, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF]);
        driver.ExpectSent("AAssociateAc", "PDataTf", "AReleaseRp");
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public async Task Driver_Point05ClaimOf4GiB_IsAbortedAtOnceInAnyState(byte type)
    {
        await using var waiting = new InlineDriver();
        waiting.Deliver(WireBytes.Header(type, uint.MaxValue));
        waiting.ExpectSent("AAbort 0/0");
        Assert.True(waiting.Connection.HasShutDown);
        Assert.InRange(waiting.Connection.LargestReceiveBuffer, 1, 8192);

        await using var associated = InlineDriver.Associated();
        associated.Deliver(WireBytes.Header(type, uint.MaxValue));
        associated.ExpectSent("AAbort 2/6");
        Assert.InRange(associated.Connection.LargestReceiveBuffer, 1, 128 * 1024);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public async Task Driver_Point06LengthZero_IsAborted(byte type)
    {
        await using var waiting = new InlineDriver();
        waiting.Deliver(WireBytes.Header(type, 0));
        waiting.ExpectSent("AAbort 0/0");

        await using var associated = InlineDriver.Associated();
        associated.Deliver(WireBytes.Header(type, 0));
        associated.ExpectSent("AAbort 2/6");
    }

    [Fact]
    public async Task Driver_Point06OverlongReleaseAndAbort_AreTaken()
    {
        await using var releasing = InlineDriver.Associated();
        releasing.Deliver(WireBytes.Pdu(5, new byte[8]));
        releasing.ExpectSent("AReleaseRp");

        await using var aborting = InlineDriver.Associated();
        aborting.Deliver(WireBytes.Pdu(7, 0, 0, 2, 1, 9, 9, 9, 9));
        Assert.Equal(new AAbort(2, 1), await aborting.Handler.AfterAsync<AAbort>("Abort"));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: pacs\r\n\r\n")]
    [InlineData("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("\0\0\0\0\0\0")]
    public async Task Driver_Point07OtherProtocol_IsAbortedOnceAndEndedAtOnce(string firstBytes)
    {
        await using var driver = new InlineDriver();
        driver.Deliver(Encoding.Latin1.GetBytes(firstBytes));
        driver.ExpectSent("AAbort 0/0");
        Assert.True(driver.Connection.HasShutDown);
        driver.Deliver(Encoding.Latin1.GetBytes(firstBytes));
        driver.Deliver(WireBytes.Of(WireBytes.Request()));
        driver.ExpectSent();
        await driver.EndAsync();
        Assert.Equal(["Connected", "Closed"], driver.Handler.Names);
        Assert.Equal(AssociationEndKind.Aborted, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_Point08UnknownPduTypeInSta2_IsAborted0_0()
    {
        await using var driver = new InlineDriver();
        driver.Deliver(WireBytes.Header(8, 4));
        driver.ExpectSent("AAbort 0/0");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(0xFF)]
    public async Task Driver_Point08And10UnknownPduTypeInSta6_IsAborted2_1(byte type)
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.EchoRq(1), WireBytes.Pdu(type, 1, 2, 3, 4), WireBytes.EchoRq(2));
        Assert.Equal("AAbort 2/1", driver.TakeSent()[^1].ToString());
        Assert.False(driver.Port.IsAssociated);
        Assert.Equal(["Connected", "AssociateRequest", "Message", "Abort"], driver.Handler.Names);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 77)]
    [InlineData(2, 6)]
    [InlineData(1, 255)]
    public async Task Driver_Point09PeersAbort_IsToldWithItsBytesAndEndsTheConnection(byte source, byte reason)
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.Pdu(7, 0xFF, 0xFF, source, reason));
        Assert.Equal(new AAbort(source, reason), await driver.Handler.AfterAsync<AAbort>("Abort"));
        await driver.Ended.WithTimeout();
        driver.ExpectSent();
        Assert.True(driver.Connection.IsClosed);
        Assert.Equal(AssociationEndKind.Aborted, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_AbortBeforeAnything_IsTheEnd()
    {
        await using var driver = new InlineDriver();
        driver.Deliver(WireBytes.Abort());
        await driver.Ended.WithTimeout();
        driver.ExpectSent();
    }
}
