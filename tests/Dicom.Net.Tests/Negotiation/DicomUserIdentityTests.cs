using System.Text;

namespace Dicom.Net.Tests.Negotiation;

public sealed class DicomUserIdentityTests
{
    private const string Secret = "hunter2";

    [Fact]
    public void FromUsernameAndPasscode_OtherThanAscii_IsUtf8()
    {
        var identity = DicomUserIdentity.FromUsernameAndPasscode("Jürgen", Secret, positiveResponseRequested: true);

        Assert.Equal(DicomUserIdentityType.UsernameAndPasscode, identity.Type);
        Assert.True(identity.PositiveResponseRequested);
        Assert.Equal(("Jürgen", Secret), (identity.Username, identity.Passcode));
        Assert.Equal(Encoding.UTF8.GetBytes("Jürgen"), identity.PrimaryField.ToArray());
        Assert.Equal(Encoding.UTF8.GetBytes(Secret), identity.SecondaryField.ToArray());
    }

    [Fact]
    public void Factories_OfEachKind_HaveTheTypeOfTheStandard()
    {
        byte[] bytes = [1, 2];
        DicomUserIdentity[] identities =
        [
            DicomUserIdentity.FromUsername("bob"), DicomUserIdentity.FromUsernameAndPasscode("bob", Secret),
            DicomUserIdentity.FromKerberos(bytes), DicomUserIdentity.FromSaml(bytes), DicomUserIdentity.FromJsonWebToken(bytes),
        ];

        Assert.Equal([1, 2, 3, 4, 5], identities.Select(identity => (int)identity.Type)); // PS3.7 Table D.3-14
        Assert.All(identities, identity => Assert.False(identity.PositiveResponseRequested));
        Assert.All(identities[2..], identity => Assert.Equal(bytes, identity.PrimaryField.ToArray()));
        Assert.All(identities[2..], identity => Assert.Null(identity.Username));
        Assert.Null(identities[0].Passcode);
    }

    [Fact]
    public void ToString_Always_ShowsTheTypeAlone()
    {
        var identity = DicomUserIdentity.FromUsernameAndPasscode("bob", Secret);
        var request = new DicomAssociate(request: true) { UserIdentity = identity };

        Assert.Equal("user identity of type 2", identity.ToString());
        Assert.DoesNotContain("bob", request.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, request.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Factories_FieldThatDoesNotFit_SayWhichButNotWhat()
    {
        var tooLong = new string('x', 65536);

        var first = Assert.Throws<ArgumentException>(() => DicomUserIdentity.FromUsername(tooLong));
        var second = Assert.Throws<ArgumentException>(() => DicomUserIdentity.FromUsernameAndPasscode("bob", tooLong));

        Assert.Contains("first field", first.Message, StringComparison.Ordinal);
        Assert.Contains("second field", second.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xx", second.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => DicomUserIdentity.FromUsername(null!));
    }
}
