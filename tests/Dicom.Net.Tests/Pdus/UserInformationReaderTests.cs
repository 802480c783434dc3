using Dicom.Net.Pdus;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class UserInformationReaderTests
{
    [Fact]
    public void Read_Point25EmptyItem_HasNothing() => Assert.Equal(new UserInformation(), ReadUserInformation());

    [Theory]
    [InlineData("51 00 00 02 4000")] // point 26: maximum length of two bytes
    [InlineData("51 00 00 05 0000400000")]
    [InlineData("53 00 00 03 000100")]
    [InlineData("53 00 00 05 0001000100")]
    [InlineData("54 00 00 00")]
    [InlineData("54 00 00 05 0003 '1.2'")] // roles missing
    [InlineData("54 00 00 07 0006 '1.2' 0101")] // UID-length overruns by one
    [InlineData("54 00 00 07 FFFF '1.2' 0101")]
    [InlineData("56 00 00 05 0004 '1.2'")]
    [InlineData("56 00 00 05 FFFF '1.2'")]
    [InlineData("56 00 00 01 00")]
    [InlineData("57 00 00 05 0003 '1.2'")] // service class missing
    [InlineData("57 00 00 0C 0003 '1.2' 0003 '1.2' 0001")] // related list overruns
    [InlineData("57 00 00 0F 0003 '1.2' 0003 '1.2' 0003 0002 '1'")] // UID in the list overruns
    [InlineData("57 00 00 0D 0003 '1.2' 0003 '1.2' 0001 00")] // half a length in the list
    [InlineData("58 00 00 00")]
    [InlineData("58 00 00 07 01 00 0003 'bob'")] // secondary length missing
    [InlineData("58 00 00 09 01 00 0006 'bob' 0000")]
    [InlineData("58 00 00 09 01 00 FFFF 'bob' 0000")]
    [InlineData("58 00 00 09 02 00 0003 'bob' FFFF")]
    public void Read_Point26And27InnerLengthThatDoesNotFit_IsInvalid(string subItem)
    {
        var exception = AssertInvalid(() => ReadUserInformation(Capture.Hex(subItem)));
        Assert.DoesNotContain("bob", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("51")]
    [InlineData("51 00 00")]
    [InlineData("51 00 00 05 00004000")]
    [InlineData("51 00 FF FF 00004000")]
    [InlineData("99 00 00 01")]
    public void Read_Point27SubItemThatOverrunsTheItem_IsInvalid(string subItem) =>
        AssertInvalid(() => ReadUserInformation(Capture.Hex(subItem)));

    [Fact]
    public void Read_Point26ServerResponseThatOverruns_IsInvalid() =>
        AssertInvalid(() => ReadAc(Associate(UserInformation(Capture.Hex("59 00 00 03 0002 00")))));

    [Fact]
    public void Read_Point30UnknownIdentityType_IsKept()
    {
        var identity = ReadUserInformation(Capture.Hex("58 00 00 07 63 01 0001 'x' 0000")).UserIdentity;
        Assert.Equal(new UserIdentityRq((UserIdentityType)99, true, "x"u8.ToArray()), identity);
    }

    [Fact]
    public void Read_Point30IdentityInAnAnswer_IsKeptRaw()
    {
        // What one stack answered by mistake: the type of the request with the layout of the response.
        var information = ReadAc(Associate(UserInformation(Capture.Hex("58 00 00 02 0000")))).UserInformation;
        Assert.Null(information.UserIdentity);
        Assert.Equal([new UserInformationSubItem(0x58, new byte[2])], information.OtherItems);
    }

    [Fact]
    public void Read_ResponseInARequestOrCommonNegotiationInAnAnswer_IsKeptRaw()
    {
        Assert.Equal(0x59, Assert.Single(ReadUserInformation(Capture.Hex("59 00 00 01 00")).OtherItems).Type);
        var answer = ReadAc(Associate(UserInformation(Capture.Hex("57 00 00 01 00"))));
        Assert.Equal(0x57, Assert.Single(answer.UserInformation.OtherItems).Type);
    }

    [Fact]
    public void Read_Point31LongVersionName_IsKept()
    {
        var name = new string('V', 40);
        Assert.Equal(name, ReadUserInformation(Item(ItemType.ImplementationVersionName, Text(name))).ImplementationVersionName);
    }

    [Fact]
    public void Read_Point29RoleSelection_KeepsTheWholeUid()
    {
        var uid = new string('1', 64);
        var roles = ReadUserInformation(Item(ItemType.RoleSelection, Counted(uid), [0, 1])).RoleSelections;
        Assert.Equal([new RoleSelection(uid, false, true)], roles);
    }

    [Fact]
    public void Read_UndefinedRoleValue_GivesNoRole()
    {
        var roles = ReadUserInformation(Capture.Hex("54 00 00 07 0003 '1.2' 02 FF")).RoleSelections;
        Assert.Equal([new RoleSelection("1.2", false, false)], roles);
    }

    [Fact]
    public void Read_LaterVersionOfCommonNegotiation_IgnoresItsAdditionalFields()
    {
        var negotiations = ReadUserInformation(Capture.Hex("57 01 00 0E 0003 '1.2' 0003 '1.3' 0000 CAFE")).CommonExtendedNegotiations;
        Assert.Equal([new SopClassCommonExtendedNegotiation("1.2", "1.3", [])], negotiations);
    }

    [Fact]
    public void Read_SingleSubItemsTwice_TheFirstIsTaken()
    {
        var information = ReadUserInformation(
            Item(ItemType.MaximumLength, [0, 0, 1, 0]), Item(ItemType.MaximumLength, [9]), Item(ItemType.MaximumLength, [0, 0, 2, 0]));
        Assert.Equal(new UserInformation { MaximumLength = 256 }, information);
    }
}
