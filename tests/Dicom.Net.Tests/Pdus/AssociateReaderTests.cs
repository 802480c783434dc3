using Dicom.Net.Pdus;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class AssociateReaderTests
{
    private static readonly byte[] Unknown = Item(0x99, Text("of the future"));

    [Fact]
    public void ReadRq_Capture_IsItsValue() => Assert.Equal(Capture.AAssociateRqValue, ReadRq(Capture.Body(Capture.AAssociateRq)));

    [Fact]
    public void ReadAc_Capture_IsItsValue() => Assert.Equal(Capture.AAssociateAcValue, ReadAc(Capture.Body(Capture.AAssociateAc)));

    [Fact]
    public void ReadRq_Point4ReservedBytes_AreNotTested()
    {
        var body = Associate(ApplicationContext, ContextRq());
        var expected = ReadRq(body);
        body.AsSpan(2, 2).Fill(0xFF); // reserved after Protocol-version
        body.AsSpan(36, 32).Fill(0xFF); // reserved after the titles
        var application = 68;
        body[application + 1] = 0xFF;
        var context = application + ApplicationContext.Length;
        body[context + 1] = 0xFF;
        body.AsSpan(context + 5, 3).Fill(0xFF); // reserved after the ID
        body[context + 9] = 0xFF; // reserved of the abstract syntax
        Assert.Equal(expected, ReadRq(body));
    }

    [Fact]
    public void ReadAc_Point4And24ReservedBytes_AreNotTested()
    {
        var body = Capture.Body(Capture.AAssociateAc);
        body.AsSpan(2, 66).Fill(0xFF);
        var pdu = ReadAc(body);
        Assert.Equal(Capture.AAssociateAcValue.PresentationContexts, pdu.PresentationContexts);
        Assert.Equal(new string('\xFF', 16), pdu.CalledAETitle);
    }

    [Theory]
    [InlineData(0x0001, true)]
    [InlineData(0x0003, true)]
    [InlineData(0xFFFF, true)]
    [InlineData(0x0002, false)]
    [InlineData(0x0000, false)]
    public void ReadRq_Point11ProtocolVersion_IsKeptAndBit0Counts(ushort version, bool supported)
    {
        var body = Associate(ApplicationContext, ContextRq());
        (body[0], body[1]) = ((byte)(version >> 8), (byte)version);
        var pdu = ReadRq(body);
        Assert.Equal((version, supported), (pdu.ProtocolVersion, pdu.SupportsVersion1));
    }

    [Theory]
    [InlineData("STORESCP        ", "STORESCP")]
    [InlineData("   STORESCP     ", "STORESCP")]
    [InlineData("STORESCP\0\0\0\0\0\0\0\0", "STORESCP")]
    [InlineData("STORE SCP\0  \0   ", "STORE SCP")]
    [InlineData("SIXTEEN_LETTERS_", "SIXTEEN_LETTERS_")]
    [InlineData("                ", "")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "")]
    [InlineData("A/..\\\u0001\u00FF\n", "A/..\\\u0001\u00FF\n")] // point 13: kept, so that it can be judged
    public void ReadRq_Point12AETitles_LosePaddingOnly(string sent, string expected)
    {
        var pdu = ReadRq(AssociateTo(sent, sent, ApplicationContext, ContextRq()));
        Assert.Equal((expected, expected), (pdu.CalledAETitle, pdu.CallingAETitle));
    }

    [Theory]
    [InlineData("1.2.840.10008.3.1.1.1\0", "1.2.840.10008.3.1.1.1")]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("1.2.840.10008.3.1.1.1x", "1.2.840.10008.3.1.1.1x")]
    public void ReadRq_Point14ApplicationContext_IsTrimmedAndNotJudged(string sent, string expected) =>
        Assert.Equal(expected, ReadRq(Associate(Item(ItemType.ApplicationContext, Text(sent)), ContextRq())).ApplicationContextName);

    [Fact]
    public void ReadRq_Point14NoApplicationContext_IsEmpty() => Assert.Equal("", ReadRq(Associate(ContextRq())).ApplicationContextName);

    [Fact]
    public void ReadRq_Point15UnknownItemsAndSubItems_AreSkippedWhereverTheyStand()
    {
        var context = Item(
            ItemType.PresentationContextRq,
            [1, 0, 0, 0],
            Unknown,
            Item(ItemType.AbstractSyntax, Text("1.2.3")),
            Unknown,
            Item(ItemType.TransferSyntax, Text("1.2.840.10008.1.2")),
            Unknown);
        var user = UserInformation(Unknown, Item(ItemType.MaximumLength, [0, 0, 1, 0]));
        var pdu = ReadRq(Associate(Unknown, ApplicationContext, Unknown, context, Unknown, user, Unknown));
        Assert.Equal(ReadRq(Associate(ApplicationContext, ContextRq())).PresentationContexts, pdu.PresentationContexts);
        Assert.Equal(256u, pdu.UserInformation.MaximumLength);
        Assert.Equal(new UserInformationSubItem(0x99, Text("of the future")), Assert.Single(pdu.UserInformation.OtherItems));
    }

    [Fact]
    public void ReadAc_Point15UnknownItemsAndSubItems_AreSkippedWhereverTheyStand()
    {
        var context = ContextAc(1, 0, Unknown, Item(ItemType.TransferSyntax, Text("1.2")), Unknown);
        var pdu = ReadAc(Associate(Unknown, ContextRq(), context, Unknown, ApplicationContext, UserInformation(Unknown)));
        Assert.Equal([new PresentationContextAc(1, PresentationContextResult.Acceptance, "1.2")], pdu.PresentationContexts);
    }

    [Fact]
    public void ReadRq_ItemsInReverseOrder_AreRead()
    {
        var user = UserInformation(Item(ItemType.MaximumLength, [0, 0, 1, 0]));
        Assert.Equal(
            ReadRq(Associate(ApplicationContext, ContextRq(), user)), ReadRq(Associate(user, ContextRq(), ApplicationContext)));
    }

    [Fact]
    public void ReadRq_SingleItemsTwice_TheFirstIsTaken()
    {
        var first = UserInformation(Item(ItemType.MaximumLength, [0, 0, 1, 0]));
        var context = Item(
            ItemType.PresentationContextRq,
            [1, 0, 0, 0],
            Item(ItemType.AbstractSyntax, Text("1.2.3")),
            Item(ItemType.AbstractSyntax, Text("1.2.4")),
            Item(ItemType.TransferSyntax, Text("1.2.840.10008.1.2")));
        var malformed = UserInformation([0x51]);
        var again = Item(ItemType.ApplicationContext, Text("9.9"));
        Assert.Equal(
            ReadRq(Associate(ApplicationContext, ContextRq(), first)),
            ReadRq(Associate(ApplicationContext, context, first, again, malformed)));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.1\0")]
    [InlineData("1.2.840.10008.1.1 ")]
    [InlineData("1.2.840.10008.1.1\0\0 ")]
    public void ReadRq_Point16PaddedUid_IsTrimmed(string uid)
    {
        var context = Assert.Single(ReadRq(Associate(ApplicationContext, ContextRq(1, uid, uid))).PresentationContexts);
        Assert.Equal(new PresentationContextRq(1, "1.2.840.10008.1.1", ["1.2.840.10008.1.1"]), context);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(254)]
    public void ReadRq_Point18EvenContextId_IsInvalid(byte id)
    {
        var exception = AssertInvalid(() => ReadRq(Associate(ApplicationContext, ContextRq(id))));
        Assert.Contains($"{id} is not odd", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRq_Point19DuplicateContextId_IsInvalid() =>
        AssertInvalid(() => ReadRq(Associate(ApplicationContext, ContextRq(3), ContextRq(1), ContextRq(3))));

    [Fact]
    public void ReadRq_Point20NoContext_IsInvalid() => AssertInvalid(() => ReadRq(Associate(ApplicationContext)));

    [Fact]
    public void ReadRq_Point20NoTransferSyntax_IsInvalid() => AssertInvalid(() =>
        ReadRq(Associate(Item(ItemType.PresentationContextRq, [1, 0, 0, 0], Item(ItemType.AbstractSyntax, Text("1.2"))))));

    [Fact]
    public void ReadRq_Point20NoAbstractSyntax_IsInvalid() => AssertInvalid(() =>
        ReadRq(Associate(Item(ItemType.PresentationContextRq, [1, 0, 0, 0], Item(ItemType.TransferSyntax, Text("1.2"))))));

    [Fact]
    public void ReadRq_MoreContextsThanTheLimit_IsInvalid()
    {
        var body = Associate(ContextRq(1), ContextRq(3), ContextRq(5));
        Assert.Equal(3, PduReader.ReadAssociateRq(body, new() { MaximumPresentationContexts = 3 }).PresentationContexts.Count);
        AssertInvalid(() => PduReader.ReadAssociateRq(body, new() { MaximumPresentationContexts = 2 }));
    }

    [Theory]
    [InlineData("")] // absent
    [InlineData("40 00 00 00")] // empty
    [InlineData("40 00 00 07 'unknown'")]
    [InlineData("40 00 00 09")] // its length overruns: not significant, not looked at
    public void ReadAc_Point21TransferSyntaxOfARejection_IsNotSignificant(string subItem)
    {
        foreach (byte result in (byte[])[1, 2, 3, 4, 255])
        {
            var pdu = ReadAc(Associate(ApplicationContext, ContextAc(1, result, Capture.Hex(subItem))));
            Assert.Equal([new PresentationContextAc(1, (PresentationContextResult)result, null)], pdu.PresentationContexts);
        }
    }

    [Fact]
    public void ReadAc_AcceptanceWithoutTransferSyntax_IsRepresented() =>
        Assert.Null(Assert.Single(ReadAc(Associate(ContextAc(1, 0))).PresentationContexts).TransferSyntax);

    [Fact]
    public void ReadAc_Point23NoneOrStrangeContexts_AreRepresented()
    {
        Assert.Empty(ReadAc(Associate(ApplicationContext)).PresentationContexts);
        Assert.Equal(2, Assert.Single(ReadAc(Associate(ContextAc(2, 1))).PresentationContexts).Id);
    }

    [Fact]
    public void ReadAc_OneContextAnsweredTwice_IsInvalid() => AssertInvalid(() => ReadAc(Associate(ContextAc(1, 0), ContextAc(1, 3))));

    [Fact]
    public void ReadAc_Point25NoUserInformation_IsEmpty() =>
        Assert.Equal(new UserInformation(), ReadAc(Associate(ApplicationContext, ContextAc(1, 3))).UserInformation);

    [Fact]
    public void ReadRq_NoUserInformation_IsEmpty() => Assert.Equal(new UserInformation(), ReadRq(Associate(ContextRq())).UserInformation);
}
