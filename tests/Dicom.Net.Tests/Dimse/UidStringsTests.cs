using System.Text;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Dimse;

public class UidStringsTests
{
    [Fact]
    public void Get_EveryRegisteredUid_IsTheSharedStringWithoutAllocation()
    {
        foreach (var uid in DicomUids.Registered)
        {
            Assert.Matches(@"^1\.2\.840\.10008(\.(0|[1-9][0-9]*))+$", uid);
            Assert.True(uid.Length <= 64);
            var bytes = Encoding.ASCII.GetBytes(uid);

            Assert.Equal(0, Allocations.LeastOf(() => UidStrings.Get(bytes)));
            Assert.Same(uid, UidStrings.Get(bytes));
        }
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("")]
    [InlineData("\u00FF../x")]
    [InlineData("1.2.840.10008.5.1.4.1.1.2.1.2.840.10008.5.1.4.1.1.2.1.2.840.10008.5.1.4.1.1.2")]
    public void Get_AnyOtherBytes_AreKeptOneToOne(string uid) => Assert.Equal(uid, UidStrings.Get(Encoding.Latin1.GetBytes(uid)));
}
