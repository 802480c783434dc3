using Dicom.Net.Pdus;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class PduSummaryTests
{
    [Fact]
    public void Describe_Captures_IsOneLineEach()
    {
        Assert.Equal(
            "A-ASSOCIATE-RQ ECHOSCU -> ANY-SCP, 2 contexts, max 16384, DICOMNET1, user identity of type 2", Line(Capture.AAssociateRq));
        Assert.Equal(
            "A-ASSOCIATE-AC ECHOSCU -> ANY-SCP, 1 of 2 contexts accepted, max unlimited, DICOMNET1, user identity response",
            Line(Capture.AAssociateAc));
        Assert.Equal("A-ASSOCIATE-RJ rejected-permanent, called-AE-title-not-recognized (1/1/7)", Line(Capture.AAssociateRj));
        Assert.Equal(
            "P-DATA-TF, 23 bytes; context 1 command last 3; context 1 data 2; context 1 data last 0", Line(Capture.PDataTf));
        Assert.Equal("A-RELEASE-RQ", Line(Capture.AReleaseRq));
        Assert.Equal("A-RELEASE-RP", Line(Capture.AReleaseRp));
        Assert.Equal("A-ABORT by the service-provider, unexpected-PDU (2/2)", Line(Capture.AAbort));
        Assert.Equal("PDU of unknown type 47H, 1411395360 bytes", Line("GET / HTTP/1.1"u8.ToArray()));
    }

    [Fact]
    public void Describe_ManyPdvs_IsNoLongerThanForAFew()
    {
        var body = Enumerable.Repeat(Capture.Hex("00000002 01 00"), 1000).SelectMany(pdv => pdv).ToArray();
        Assert.EndsWith("; 996 more", PduSummary.Describe(new(4, (uint)body.Length), body), StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_CutOffData_SaysSo() => Assert.Equal(
        "P-DATA-TF, 99 bytes; 7 bytes that are no whole PDV", PduSummary.Describe(new(4, 99), Capture.Hex("000000FF 01 00 AA")));

    [Fact]
    public void Describe_MalformedRequest_SaysWhatIsWrong() =>
        Assert.Equal(
            "A-ASSOCIATE-RQ, 68 bytes, malformed: A-ASSOCIATE-RQ proposes no presentation context.",
            PduSummary.Describe(new(1, 68), Associate()));

    [Fact]
    public void Describe_Point13HostileText_CannotForgeALine()
    {
        var user = UserInformation(Item(ItemType.ImplementationVersionName, Text("\r\nFATAL\u001B[2J" + new string('x', 9999))));
        var body = AssociateTo("A\nB\\C\u007F\u00FF", "A\0B", ApplicationContext, ContextRq(1, "1\n2"), user);
        var line = PduSummary.Describe(new(1, (uint)body.Length), body);
        Assert.StartsWith(
            @"A-ASSOCIATE-RQ A\x00B -> A\x0AB\\C\x7F\xFF, 1 context, max not given, \x0D\x0AFATAL\x1B[2Jxxx",
            line,
            StringComparison.Ordinal);
        Assert.InRange(line.Length, 1, 250);
        var pdu = ReadRq(body);
        Assert.DoesNotContain('\n', $"{pdu} {pdu.UserInformation} {pdu.PresentationContexts[0]}");
    }

    [Fact]
    public void ToString_UserIdentity_ShowsNoSecret()
    {
        var pdu = Capture.AAssociateRqValue;
        var text = $"{pdu} {pdu.UserInformation} {pdu.UserInformation.UserIdentity}";
        Assert.DoesNotContain("bob", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", text.Replace("passcode", "", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, 9, 9, "A-ASSOCIATE-RJ rejected, for an undefined reason (9/9/9)")]
    [InlineData(1, 1, 1, "A-ASSOCIATE-RJ rejected-permanent, no-reason-given by the service-user (1/1/1)")]
    [InlineData(1, 1, 2, "A-ASSOCIATE-RJ rejected-permanent, application-context-name-not-supported (1/1/2)")]
    [InlineData(1, 1, 3, "A-ASSOCIATE-RJ rejected-permanent, calling-AE-title-not-recognized (1/1/3)")]
    [InlineData(1, 2, 2, "A-ASSOCIATE-RJ rejected-permanent, protocol-version-not-supported (1/2/2)")]
    [InlineData(2, 3, 1, "A-ASSOCIATE-RJ rejected-transient, temporary-congestion (2/3/1)")]
    [InlineData(2, 3, 2, "A-ASSOCIATE-RJ rejected-transient, local-limit-exceeded (2/3/2)")]
    public void Describe_Point32RejectCodes_HaveTheStandardsWords(byte result, byte source, byte reason, string expected) =>
        Assert.Equal(expected, new AAssociateRj(result, source, reason).ToString());

    [Theory]
    [InlineData(0, 6, "A-ABORT by the service-user (0/6)")]
    [InlineData(2, 6, "A-ABORT by the service-provider, invalid-PDU-parameter value (2/6)")]
    [InlineData(2, 3, "A-ABORT with undefined codes (2/3)")]
    [InlineData(1, 0, "A-ABORT with undefined codes (1/0)")]
    public void Describe_AbortCodes_HaveTheStandardsWords(byte source, byte reason, string expected) =>
        Assert.Equal(expected, new AAbort(source, reason).ToString());

    private static string Line(byte[] pdu)
    {
        Assert.True(PduHeader.TryRead(pdu, out var header));
        return PduSummary.Describe(header, Capture.Body(pdu));
    }
}
