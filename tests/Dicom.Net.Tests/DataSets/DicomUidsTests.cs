using System.Reflection;

namespace Dicom.Net.Tests.DataSets;

public sealed class DicomUidsTests
{
    [Theory]
    [InlineData(DicomUids.Verification, "Verification")]
    [InlineData(DicomUids.CTImageStorage, "CT Image Storage")]
    [InlineData(DicomUids.ImplicitVRLittleEndian, "Implicit VR Little Endian")]
    [InlineData(DicomUids.ApplicationContext, "DICOM Application Context Name")]
    public void GetName_OfWellKnownUid_IsRegistered(string uid, string name) => Assert.Equal(name, DicomUids.GetName(uid));

    [Fact]
    public void GetName_OfUnknownUid_IsNull() => Assert.Null(DicomUids.GetName("1.2.3"));

    [Fact]
    public void Constants_OfTheClass_AllHaveNamesAndAreUnique()
    {
        FieldInfo[] constants = typeof(DicomUids).GetFields(BindingFlags.Public | BindingFlags.Static);
        string[] uids = Array.ConvertAll(constants, field => (string)field.GetValue(null)!);

        Assert.All(uids, uid => Assert.NotNull(DicomUids.GetName(uid)));
        Assert.Equal(uids.Length, uids.Distinct().Count());
    }
}
