namespace Dicom.Net;

/// <summary>
/// The commonest UIDs under the names that LEADTOOLS' .NET classes have for them. <see cref="DicomUids"/> has more, under the standard's.
/// </summary>
public static class DicomUidType
{
    /// <inheritdoc cref="DicomUids.ApplicationContext"/>
    public const string ApplicationContextName = DicomUids.ApplicationContext;

    /// <inheritdoc cref="DicomUids.Verification"/>
    public const string VerificationClass = DicomUids.Verification;

    /// <inheritdoc cref="DicomUids.ImplicitVRLittleEndian"/>
    public const string ImplicitVRLittleEndian = DicomUids.ImplicitVRLittleEndian;

    /// <inheritdoc cref="DicomUids.ExplicitVRLittleEndian"/>
    public const string ExplicitVRLittleEndian = DicomUids.ExplicitVRLittleEndian;

    /// <inheritdoc cref="DicomUids.PatientRootFind"/>
    public const string PatientRootQueryFind = DicomUids.PatientRootFind;

    /// <inheritdoc cref="DicomUids.PatientRootMove"/>
    public const string PatientRootQueryMove = DicomUids.PatientRootMove;

    /// <inheritdoc cref="DicomUids.PatientRootGet"/>
    public const string PatientRootQueryGet = DicomUids.PatientRootGet;

    /// <inheritdoc cref="DicomUids.StudyRootFind"/>
    public const string StudyRootQueryFind = DicomUids.StudyRootFind;

    /// <inheritdoc cref="DicomUids.StudyRootMove"/>
    public const string StudyRootQueryMove = DicomUids.StudyRootMove;

    /// <inheritdoc cref="DicomUids.StudyRootGet"/>
    public const string StudyRootQueryGet = DicomUids.StudyRootGet;

    /// <inheritdoc cref="DicomUids.ModalityWorklistFind"/>
    public const string ModalityWorklistFind = DicomUids.ModalityWorklistFind;

    /// <inheritdoc cref="DicomUids.ComputedRadiographyImageStorage"/>
    public const string CRImageStorage = DicomUids.ComputedRadiographyImageStorage;

    /// <inheritdoc cref="DicomUids.CTImageStorage"/>
    public const string CTImageStorage = DicomUids.CTImageStorage;

    /// <inheritdoc cref="DicomUids.MRImageStorage"/>
    public const string MRImageStorage = DicomUids.MRImageStorage;

    /// <inheritdoc cref="DicomUids.SecondaryCaptureImageStorage"/>
    public const string SCImageStorage = DicomUids.SecondaryCaptureImageStorage;

    /// <inheritdoc cref="DicomUids.UltrasoundImageStorage"/>
    public const string USImageStorage = DicomUids.UltrasoundImageStorage;
}
