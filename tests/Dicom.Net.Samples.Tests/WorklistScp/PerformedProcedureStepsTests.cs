namespace Dicom.Net.Samples.Tests.WorklistScp;

/// <summary>Performed procedure steps, PS3.4 §F.7.</summary>
public sealed class PerformedProcedureStepsTests : IDisposable
{
    private const string Uid = "1.2.3.4";

    private readonly TestFolder _folder = new();
    private readonly PerformedProcedureSteps _steps;

    public PerformedProcedureStepsTests() => _steps = new(_folder.Folder);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("DISCONTINUED")]
    public void Set_EndOfAStep_IsKeptWithWhatWasSetBefore(string end)
    {
        Create("IN PROGRESS", (DicomTag.PatientName, "Doe^Jane"));

        var state = Set(end, (DicomTag.Modality, "CT"));

        Assert.Equal(end, state);
        using var step = DicomDataSet.Load(_folder.PathOf($"{Uid}.dcm"));
        Assert.Equal(
            (end, "Doe^Jane", "CT", DicomUids.ModalityPerformedProcedureStep),
            (step.GetString(DicomTag.PerformedProcedureStepStatus), step.GetString(DicomTag.PatientName),
                step.GetString(DicomTag.Modality), step.GetString(DicomTag.SOPClassUID)));
    }

    [Fact]
    public void Set_WhatIsInAnotherCharacterSet_IsKeptInUnicode()
    {
        Create("IN PROGRESS", (DicomTag.PatientName, "Müller^Änne"));
        using var attributes = new DicomDataSet();
        attributes.Set(DicomTag.SpecificCharacterSet, "ISO_IR 144");
        attributes.Set(DicomTag.StudyDescription, "Грудь");

        _steps.Set(Uid, attributes);

        using var step = DicomDataSet.Load(_folder.PathOf($"{Uid}.dcm"));
        Assert.Equal(("Müller^Änne", "Грудь"), (step.GetString(DicomTag.PatientName), step.GetString(DicomTag.StudyDescription)));
    }

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("DISCONTINUED")]
    public void Set_AfterTheEnd_IsRefused(string end)
    {
        Create("IN PROGRESS");
        Set(end);

        var error = Assert.Throws<ProcedureStepException>(() => Set("COMPLETED"));

        Assert.Equal((DicomCommandStatusType.ProcessingFailure, 0xA710), (error.Status, error.ErrorID));
    }

    [Fact]
    public void Set_UnknownStep_IsRefused() => AssertRefused(DicomCommandStatusType.NoSuchSopInstance, () => Set("COMPLETED"));

    [Fact]
    public void Set_OtherState_IsRefused()
    {
        Create("IN PROGRESS");

        AssertRefused(DicomCommandStatusType.InvalidAttributeValue, () => Set("PAUSED"));
    }

    [Fact]
    public void Create_SameUidAgain_IsRefused()
    {
        Create("IN PROGRESS");

        AssertRefused(DicomCommandStatusType.DuplicateSopInstance, () => Create("IN PROGRESS"));
    }

    [Theory]
    [InlineData("COMPLETED", DicomCommandStatusType.InvalidAttributeValue)]
    [InlineData("", DicomCommandStatusType.MissingAttributeValue)]
    public void Create_OtherState_IsRefused(string state, DicomCommandStatusType expected) => AssertRefused(expected, () => Create(state));

    [Fact]
    public void Create_NoState_IsRefused() => AssertRefused(
        DicomCommandStatusType.MissingAttribute, () => _steps.Create(Uid, new DicomDataSet()));

    [Theory]
    [InlineData("../1.2.3")]
    [InlineData("")]
    [InlineData("CON")]
    public void Create_NoUid_IsRefusedAndWritesNothing(string uid)
    {
        using var attributes = TestInstance.Keys(null, (DicomTag.PerformedProcedureStepStatus, "IN PROGRESS"));

        AssertRefused(DicomCommandStatusType.InvalidSopInstance, () => _steps.Create(uid, attributes));

        Assert.Empty(_folder.Folder.GetFiles());
    }

    private static void AssertRefused(DicomCommandStatusType expected, Action action) =>
        Assert.Equal(expected, Assert.Throws<ProcedureStepException>(action).Status);

    private void Create(string state, params (DicomTag, string)[] others)
    {
        using var attributes = TestInstance.Keys(null, [(DicomTag.PerformedProcedureStepStatus, state), .. others]);
        _steps.Create(Uid, attributes);
    }

    private string Set(string state, params (DicomTag, string)[] others)
    {
        using var attributes = TestInstance.Keys(null, [(DicomTag.PerformedProcedureStepStatus, state), .. others]);
        return _steps.Set(Uid, attributes);
    }
}
