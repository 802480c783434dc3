using Dicom.Net.Pdus;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class UserInformationWriterTests
{
    [Theory]
    [InlineData("")]
    [InlineData("SEVENTEEN_LETTERS")]
    [InlineData("A\nB")]
    public void Write_Point31VersionNameThatIsNone_IsRefused(string name) =>
        AssertRefused(new() { ImplementationVersionName = name }, "Implementation-version-name");

    [Fact]
    public void Write_UidThatIsNone_IsRefusedByName()
    {
        AssertRefused(new() { ImplementationClassUid = "x" }, "ImplementationClassUid");
        AssertRefused(new() { RoleSelections = [new("x", true, true)] }, "role selection");
        AssertRefused(new() { ExtendedNegotiations = [new("x", default)] }, "extended negotiation");
        AssertRefused(new() { CommonExtendedNegotiations = [new("x", "1", [])] }, "common extended negotiation");
        AssertRefused(new() { CommonExtendedNegotiations = [new("1", "x", [])] }, "service class UID");
        AssertRefused(new() { CommonExtendedNegotiations = [new("1", "1", ["x"])] }, "related general SOP Class");
    }

    [Fact]
    public void Write_FieldLongerThanItsLengthField_IsRefusedByName()
    {
        var tooLong = new byte[65536];
        AssertRefused(new() { UserIdentity = new(UserIdentityType.SamlAssertion, false, tooLong) }, "primary field");
        AssertRefused(new() { UserIdentity = new(UserIdentityType.UsernameAndPasscode, false, default, tooLong) }, "secondary field");
        AssertRefused(new() { ExtendedNegotiations = [new("1.2", tooLong)] }, "extended negotiation");
        AssertRefused(new() { OtherItems = [new(0xA0, tooLong)] }, "A0H");
    }

    [Fact]
    public void Write_SubItemsThatFillTheItemAndMore_AreRefused()
    {
        UserInformationSubItem half = new(0xA0, new byte[32_763]);
        AssertRefused(new() { OtherItems = [half, half, half] }, "user information");
    }

    [Fact]
    public void Write_ServerResponseInARequest_IsRefused() =>
        AssertRefused(new() { UserIdentityResponse = new(default) }, "UserIdentityResponse");

    [Fact]
    public void Write_RequestersSubItemsInAnAnswer_AreRefused()
    {
        foreach (var information in new UserInformation[]
        {
            new() { UserIdentity = new(UserIdentityType.Username, false, default) },
            new() { CommonExtendedNegotiations = [new("1", "2", [])] },
        })
        {
            var answer = Capture.AAssociateAcValue with { UserInformation = information };
            Assert.Throws<ArgumentException>(() => Written(output => PduWriter.Write(answer, output)));
        }
    }

    private static void AssertRefused(UserInformation information, string names)
    {
        var request = Capture.AAssociateRqValue with { UserInformation = information };
        var exception = Assert.ThrowsAny<ArgumentException>(() => Written(output => PduWriter.Write(request, output)));
        Assert.Contains(names, exception.Message, StringComparison.Ordinal);
    }
}
