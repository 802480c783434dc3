namespace Dicom.Net.Samples;

/// <summary>
/// The performed procedure steps that modalities report (PS3.4 §F.7), each in a file: so they outlive a restart. A step begins
/// IN PROGRESS, and ends COMPLETED or DISCONTINUED, after which it is not changed any more.
/// </summary>
internal sealed class PerformedProcedureSteps
{
    private const string InProgress = "IN PROGRESS";

    // PS3.4 §F.7.2.2.4: "Performed Procedure Step Object may no longer be updated".
    private const int NoLongerUpdated = 0xA710;

    private readonly string _folder;
    private readonly Lock _lock = new();

    /// <summary>Opens the folder, or makes it, and deletes what a killed process has left in it.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public PerformedProcedureSteps(DirectoryInfo folder)
    {
        _folder = folder.FullName;
        DicomFolder.Create(_folder);
        Leftovers.Delete(_folder);
    }

    /// <summary>N-CREATE: a step has begun (PS3.4 §F.7.2.1).</summary>
    /// <param name="instance">The UID that the modality gives it.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <exception cref="ProcedureStepException">It is not created.</exception>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public void Create(string instance, DicomDataSet attributes)
    {
        var path = PathOf(instance, DicomCommandStatusType.InvalidSopInstance);
        RequireState(StateOf(attributes), InProgress);
        lock (_lock)
        {
            if (File.Exists(path))
            {
                throw new ProcedureStepException(DicomCommandStatusType.DuplicateSopInstance, "There is a step of this UID already.");
            }

            using var step = DataSetCopy.InUnicode(attributes);
            step.Set(DicomTag.SOPClassUID, DicomUids.ModalityPerformedProcedureStep);
            step.Set(DicomTag.SOPInstanceUID, instance);
            step.Save(path);
        }
    }

    /// <summary>N-SET: a step goes on, or ends (PS3.4 §F.7.2.2).</summary>
    /// <returns>The state that it is in now.</returns>
    /// <inheritdoc cref="Create"/>
    public string Set(string instance, DicomDataSet attributes)
    {
        var path = PathOf(instance, DicomCommandStatusType.NoSuchSopInstance);
        lock (_lock)
        {
            if (!File.Exists(path))
            {
                throw new ProcedureStepException(DicomCommandStatusType.NoSuchSopInstance, "There is no step of this UID.");
            }

            using var step = Load(path);
            if (StateOf(step) != InProgress)
            {
                throw new ProcedureStepException(
                    DicomCommandStatusType.ProcessingFailure, "Performed Procedure Step Object may no longer be updated", NoLongerUpdated);
            }

            if (attributes.Contains(DicomTag.PerformedProcedureStepStatus))
            {
                RequireState(StateOf(attributes), InProgress, "COMPLETED", "DISCONTINUED");
            }

            DataSetCopy.MergeInUnicode(step, attributes);
            step.Set(DicomTag.SOPClassUID, DicomUids.ModalityPerformedProcedureStep);
            step.Set(DicomTag.SOPInstanceUID, instance);
            step.Save(path, overwrite: true);
            return StateOf(step)!;
        }
    }

    // The file is closed before it is replaced.
    private static DicomDataSet Load(string path)
    {
        using var file = DicomDataSet.Load(path);
        return DataSetCopy.Of(file);
    }

    private static void RequireState(string? state, params string[] allowed)
    {
        var fault = state switch
        {
            null => DicomCommandStatusType.MissingAttribute,
            "" => DicomCommandStatusType.MissingAttributeValue,
            _ when !allowed.Contains(state) => DicomCommandStatusType.InvalidAttributeValue,
            _ => DicomCommandStatusType.Success,
        };
        if (fault != DicomCommandStatusType.Success)
        {
            throw new ProcedureStepException(fault, $"The status has to be {string.Join(" or ", allowed)}.");
        }
    }

    private static string? StateOf(DicomDataSet step) =>
        step.TryGetString(DicomTag.PerformedProcedureStepStatus, out var state) ? state : null;

    // Peers choose UIDs, but never where a file comes to lie.
    private string PathOf(string instance, DicomCommandStatusType otherwise) => UidText.IsUid(instance)
        ? Path.Combine(_folder, $"{instance}.dcm")
        : throw new ProcedureStepException(otherwise, "This is no UID.");
}
