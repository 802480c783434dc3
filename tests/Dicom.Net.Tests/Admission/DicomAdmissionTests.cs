using System.Net;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Transport;

namespace Dicom.Net.Tests.Admission;

public sealed class DicomAdmissionTests
{
    private static readonly DicomSupportedServices Echo = new(new DicomSupportedService(DicomUids.Verification));
    private static readonly DicomSupportedServices Store = new(new DicomSupportedService(TestInstance.SopClass));

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.1.9.9", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("2001:db8::7", true)]
    [InlineData("2001:db9::7", false)]
    [InlineData("fe80::1%3", true)]
    public void Admits_AllowedAndDeniedNetworks_TheDeniedWin(string address, bool expected)
    {
        var admission = new DicomAdmission
        {
            AllowedNetworks = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("fe80::/10")],
            DeniedNetworks = [IPNetwork.Parse("10.1.9.0/24")],
        };

        Assert.Equal(expected, admission.Admits(IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("11.1.2.3", false)]
    [InlineData("2001:db8::7", false)]
    public void Admits_ANetworkOfMappedAddresses_MeansTheIPv4Ones(string address, bool expected)
    {
        var admission = new DicomAdmission { AllowedNetworks = [IPNetwork.Parse("::ffff:10.0.0.0/104")] };

        Assert.Equal(expected, admission.Admits(IPAddress.Parse(address)));
    }

    [Fact]
    public void Admits_AllOfIPv6Denied_IPv4IsNotMeant() =>
        Assert.True(new DicomAdmission { DeniedNetworks = [IPNetwork.Parse("::/0")] }.Admits(IPAddress.Parse("10.1.2.3")));

    [Fact]
    public void Admits_NothingSet_Everybody() => Assert.True(new DicomAdmission().Admits(IPAddress.Parse("203.0.113.9")));

    [Theory]
    [InlineData("ARCHIVE", "CT1", null)]
    [InlineData("archive", "CT1", 7)]
    [InlineData("OTHER", "CT1", 7)]
    [InlineData("ARCHIVE", "CT9", 3)]
    [InlineData("ARCHIVE", "ct1", 3)]
    [InlineData("OTHER", "CT9", 7)]
    public void Decide_ListsOfTitles_AreExactAndTheCalledComesFirst(string called, string calling, int? reason)
    {
        var admission = new DicomAdmission { CalledTitles = [" ARCHIVE "], CallingTitles = ["CT1", "CT2"] };

        var decision = admission.Decide(Request(called, calling), null);

        Assert.Equal(reason is null ? null : new AAssociateRj(1, 1, (byte)reason), decision.Rejection);
        Assert.Null(decision.Services);
    }

    [Fact]
    public void Decide_SeveralEntities_EachHasItsOwnServicesAndCallers()
    {
        var admission = new DicomAdmission
        {
            ApplicationEntities = [new("PING", Echo), new("ARCHIVE", Store) { CallingTitles = ["CT1"] }],
            CalledTitles = ["MINE"],
        };

        Assert.Same(Echo, admission.Decide(Request("PING", "ANY"), null).Services);
        Assert.Same(Store, admission.Decide(Request("ARCHIVE", "CT1"), null).Services);
        Assert.Equal(AAssociateRj.CallingAETitleNotRecognized, admission.Decide(Request("ARCHIVE", "ANY"), null).Rejection);
        Assert.Equal(AAssociateRj.CalledAETitleNotRecognized, admission.Decide(Request("OTHER", "CT1"), null).Rejection);
        var mine = admission.Decide(Request("MINE", "ANY"), null);
        Assert.Equal((null, null), (mine.Rejection, mine.Services));
    }

    [Fact]
    public void Decide_TitlesOfCertificates_BindWhoCalls()
    {
        var known = TlsTestAuthority.Client;
        var admission = new DicomAdmission
        {
            CallingTitlesOf = certificate => certificate.Thumbprint == known.Thumbprint ? ["CT1", "CT2 "] : null,
        };

        Assert.Null(admission.Decide(Request("A", "CT1"), known).Rejection);
        Assert.Null(admission.Decide(Request("A", "CT2"), known).Rejection);
        Assert.Equal(AAssociateRj.CallingAETitleNotRecognized, admission.Decide(Request("A", "CT3"), known).Rejection);
        Assert.Equal(AAssociateRj.CallingAETitleNotRecognized, admission.Decide(Request("A", "CT1"), TlsTestAuthority.Server).Rejection);
        Assert.Equal(AAssociateRj.CallingAETitleNotRecognized, admission.Decide(Request("A", "CT1"), null).Rejection);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("SEVENTEEN_LETTERS")]
    [InlineData("A\\B")]
    [InlineData("A\nB")]
    public void Titles_ThatAreNone_AreRefused(string title)
    {
        Assert.Throws<ArgumentException>(() => new DicomAdmission { CalledTitles = [title] });
        Assert.Throws<ArgumentException>(() => new DicomAdmission { CallingTitles = ["CT1", title] });
        Assert.Throws<ArgumentException>(() => new DicomApplicationEntity(title, Echo));
        Assert.Throws<ArgumentException>(() => new DicomApplicationEntity("PING", Echo) { CallingTitles = [title] });
    }

    private static DicomAssociate Request(string called, string calling) =>
        new(request: true) { Called = called, Calling = calling };
}
