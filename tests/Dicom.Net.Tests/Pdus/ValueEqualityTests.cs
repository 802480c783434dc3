using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Pdus;

public sealed class ValueEqualityTests
{
    [Fact]
    public void Equals_PdusBuiltApart_AreEqualByContent()
    {
        var one = Request(["1.2"], [1, 2]);
        var other = Request(["1.2"], [1, 2]);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Equals_OneElementOrByteDifferent_IsFalse()
    {
        var one = Request(["1.2"], [1, 2]);
        Assert.NotEqual(one, Request(["1.3"], [1, 2]));
        Assert.NotEqual(one, Request(["1.2", "1.3"], [1, 2]));
        Assert.NotEqual(one, Request(["1.2"], [1, 3]));
        Assert.NotEqual(one, one with { CalledAETitle = "OTHER" });
    }

    [Fact]
    public void Init_CollectionsOfTheCaller_AreCopied()
    {
        List<string> syntaxes = ["1.2"];
        byte[] bytes = [1, 2];
        var pdu = Request(syntaxes, bytes);
        syntaxes.Add("1.3");
        bytes[0] = 9;
        Assert.Equal(Request(["1.2"], [1, 2]), pdu);
    }

    private static AAssociateRq Request(IReadOnlyList<string> syntaxes, byte[] bytes) => new()
    {
        PresentationContexts = [new(1, "1.1", syntaxes)],
        UserInformation = new()
        {
            ExtendedNegotiations = [new("1.2", bytes)],
            UserIdentity = new(UserIdentityType.Username, false, bytes),
            OtherItems = [new(0xA0, bytes)],
        },
    };
}
