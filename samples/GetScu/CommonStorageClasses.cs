namespace Dicom.Net.Samples;

/// <summary>SOP classes that most archives hold, so many that two transfer syntaxes of each fit into one association.</summary>
internal static class CommonStorageClasses
{
    public static readonly string[] Uids =
    [
        DicomUids.ComputedRadiographyImageStorage, DicomUids.DigitalXRayImageStorageForPresentation,
        DicomUids.DigitalXRayImageStorageForProcessing, DicomUids.DigitalMammographyXRayImageStorageForPresentation,
        DicomUids.DigitalMammographyXRayImageStorageForProcessing, DicomUids.CTImageStorage, DicomUids.EnhancedCTImageStorage,
        DicomUids.MRImageStorage, DicomUids.EnhancedMRImageStorage, DicomUids.UltrasoundImageStorage,
        DicomUids.UltrasoundMultiFrameImageStorage, DicomUids.SecondaryCaptureImageStorage,
        DicomUids.MultiFrameGrayscaleByteSecondaryCaptureImageStorage, DicomUids.MultiFrameTrueColorSecondaryCaptureImageStorage,
        DicomUids.XRayAngiographicImageStorage, DicomUids.XRayRadiofluoroscopicImageStorage, DicomUids.BreastTomosynthesisImageStorage,
        DicomUids.NuclearMedicineImageStorage, DicomUids.PositronEmissionTomographyImageStorage, DicomUids.SegmentationStorage,
        DicomUids.VLPhotographicImageStorage, DicomUids.VLEndoscopicImageStorage, DicomUids.OphthalmicPhotography8BitImageStorage,
        DicomUids.GrayscaleSoftcopyPresentationStateStorage, DicomUids.KeyObjectSelectionDocumentStorage, DicomUids.BasicTextSRStorage,
        DicomUids.EnhancedSRStorage, DicomUids.ComprehensiveSRStorage, DicomUids.XRayRadiationDoseSRStorage,
        DicomUids.TwelveLeadEcgWaveformStorage, DicomUids.EncapsulatedPdfStorage, DicomUids.RTImageStorage, DicomUids.RTDoseStorage,
        DicomUids.RTStructureSetStorage, DicomUids.RTPlanStorage, DicomUids.RawDataStorage,
    ];
}
