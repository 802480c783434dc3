namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

public sealed class InformationModelTests
{
    [Theory]
    [InlineData(new byte[] { 1 }, new byte[] { 1 })]
    [InlineData(new byte[] { 0 }, new byte[] { 0 })]
    [InlineData(new byte[] { 1, 1, 1, 1, 1 }, new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 7, 1 }, new byte[] { 0, 0 })]
    public void Answer_ToAQueryClass_GrantsRelationalQueriesAlone(byte[] asked, byte[] answer)
    {
        Assert.Equal(answer, InformationModel.Answer(DicomUids.StudyRootFind, asked));
        Assert.Equal(answer, InformationModel.Answer(DicomUids.PatientRootMove, asked));
    }

    [Fact]
    public void Answer_ToAnotherClassOrToNothing_IsNone()
    {
        Assert.Null(InformationModel.Answer(DicomUids.StorageCommitmentPushModel, [1]));
        Assert.Null(InformationModel.Answer(DicomUids.StudyRootFind, []));
    }
}
