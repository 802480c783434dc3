namespace Dicom.Net.Tests.Dimse;

public class DicomCommandStatusTests
{
    [Fact]
    public void Classes_Point55EveryCode_IsOfExactlyTheClassOfAnnexC()
    {
        for (var code = 0; code <= 0xFFFF; code++)
        {
            var status = (DicomCommandStatusType)code;
            var expected = code switch
            {
                0x0000 => "success",
                0xFF00 or 0xFF01 => "pending",
                0xFE00 => "cancel",
                0x0001 or 0x0107 or 0x0116 => "warning",
                _ when code >> 12 == 0xB => "warning",
                _ => "failure",
            };
            (string Class, bool Is)[] classes =
            [
                ("success", status.IsSuccess()), ("pending", status.IsPending()), ("cancel", status.IsCancel()),
                ("warning", status.IsWarning()), ("failure", status.IsFailure()),
            ];
            Assert.Equal(expected, Assert.Single(classes, entry => entry.Is).Class);
        }
    }

    [Fact]
    public void Names_OfTheEnumeration_AreOfTheClassTheyTell()
    {
        Assert.True(DicomCommandStatusType.PendingWarning.IsPending());
        Assert.True(DicomCommandStatusType.DataSetDoesNotMatchSopClassWarning.IsWarning());
        Assert.True(DicomCommandStatusType.DataSetDoesNotMatchSopClass.IsFailure());
        Assert.True(DicomCommandStatusType.AttributeListError.IsWarning());
        Assert.True(DicomCommandStatusType.DuplicateSopInstance.IsFailure());
        Assert.Equal([0, 1, 2], Enum.GetValues<DicomCommandPriorityType>().Select(priority => (int)priority));
        Assert.Equal(2, (int)DicomCommandPriorityType.Low);
    }
}
