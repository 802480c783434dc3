namespace Dicom.Net.Samples;

/// <summary>What was asked of a performed procedure step is not done.</summary>
internal sealed class ProcedureStepException(DicomCommandStatusType status, string message, int? errorID = null) : Exception(message)
{
    /// <summary>What the modality is told.</summary>
    public DicomCommandStatusType Status { get; } = status;

    /// <summary>The Error ID (0000,0903) that goes with it.</summary>
    public int? ErrorID { get; } = errorID;
}
