namespace Dicom.Net;

/// <content>The SOP classes of the storage service that are met daily (PS3.4 Annex B, PS3.6 Table A-1).</content>
public static partial class DicomUids
{
    /// <summary>Computed Radiography Image Storage.</summary>
    public const string ComputedRadiographyImageStorage = "1.2.840.10008.5.1.4.1.1.1";

    /// <summary>Digital X-Ray Image Storage - For Presentation.</summary>
    public const string DigitalXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.1";

    /// <summary>Digital X-Ray Image Storage - For Processing.</summary>
    public const string DigitalXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.1.1";

    /// <summary>Digital Mammography X-Ray Image Storage - For Presentation.</summary>
    public const string DigitalMammographyXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.2";

    /// <summary>Digital Mammography X-Ray Image Storage - For Processing.</summary>
    public const string DigitalMammographyXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.2.1";

    /// <summary>Digital Intra-Oral X-Ray Image Storage - For Presentation.</summary>
    public const string DigitalIntraOralXRayImageStorageForPresentation = "1.2.840.10008.5.1.4.1.1.1.3";

    /// <summary>Digital Intra-Oral X-Ray Image Storage - For Processing.</summary>
    public const string DigitalIntraOralXRayImageStorageForProcessing = "1.2.840.10008.5.1.4.1.1.1.3.1";

    /// <summary>CT Image Storage.</summary>
    public const string CTImageStorage = "1.2.840.10008.5.1.4.1.1.2";

    /// <summary>Enhanced CT Image Storage.</summary>
    public const string EnhancedCTImageStorage = "1.2.840.10008.5.1.4.1.1.2.1";

    /// <summary>Ultrasound Multi-frame Image Storage.</summary>
    public const string UltrasoundMultiFrameImageStorage = "1.2.840.10008.5.1.4.1.1.3.1";

    /// <summary>MR Image Storage.</summary>
    public const string MRImageStorage = "1.2.840.10008.5.1.4.1.1.4";

    /// <summary>Enhanced MR Image Storage.</summary>
    public const string EnhancedMRImageStorage = "1.2.840.10008.5.1.4.1.1.4.1";

    /// <summary>MR Spectroscopy Storage.</summary>
    public const string MRSpectroscopyStorage = "1.2.840.10008.5.1.4.1.1.4.2";

    /// <summary>Enhanced MR Color Image Storage.</summary>
    public const string EnhancedMRColorImageStorage = "1.2.840.10008.5.1.4.1.1.4.3";

    /// <summary>Ultrasound Image Storage.</summary>
    public const string UltrasoundImageStorage = "1.2.840.10008.5.1.4.1.1.6.1";

    /// <summary>Enhanced US Volume Storage.</summary>
    public const string EnhancedUSVolumeStorage = "1.2.840.10008.5.1.4.1.1.6.2";

    /// <summary>Secondary Capture Image Storage.</summary>
    public const string SecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7";

    /// <summary>Multi-frame Single Bit Secondary Capture Image Storage.</summary>
    public const string MultiFrameSingleBitSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.1";

    /// <summary>Multi-frame Grayscale Byte Secondary Capture Image Storage.</summary>
    public const string MultiFrameGrayscaleByteSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.2";

    /// <summary>Multi-frame Grayscale Word Secondary Capture Image Storage.</summary>
    public const string MultiFrameGrayscaleWordSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.3";

    /// <summary>Multi-frame True Color Secondary Capture Image Storage.</summary>
    public const string MultiFrameTrueColorSecondaryCaptureImageStorage = "1.2.840.10008.5.1.4.1.1.7.4";

    /// <summary>12-lead ECG Waveform Storage.</summary>
    public const string TwelveLeadEcgWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.1";

    /// <summary>General ECG Waveform Storage.</summary>
    public const string GeneralEcgWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.2";

    /// <summary>Ambulatory ECG Waveform Storage.</summary>
    public const string AmbulatoryEcgWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.1.3";

    /// <summary>Hemodynamic Waveform Storage.</summary>
    public const string HemodynamicWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.2.1";

    /// <summary>Basic Voice Audio Waveform Storage.</summary>
    public const string BasicVoiceAudioWaveformStorage = "1.2.840.10008.5.1.4.1.1.9.4.1";

    /// <summary>Grayscale Softcopy Presentation State Storage.</summary>
    public const string GrayscaleSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.1";

    /// <summary>Color Softcopy Presentation State Storage.</summary>
    public const string ColorSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.2";

    /// <summary>Pseudo-Color Softcopy Presentation State Storage.</summary>
    public const string PseudoColorSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.3";

    /// <summary>Blending Softcopy Presentation State Storage.</summary>
    public const string BlendingSoftcopyPresentationStateStorage = "1.2.840.10008.5.1.4.1.1.11.4";

    /// <summary>X-Ray Angiographic Image Storage.</summary>
    public const string XRayAngiographicImageStorage = "1.2.840.10008.5.1.4.1.1.12.1";

    /// <summary>Enhanced XA Image Storage.</summary>
    public const string EnhancedXAImageStorage = "1.2.840.10008.5.1.4.1.1.12.1.1";

    /// <summary>X-Ray Radiofluoroscopic Image Storage.</summary>
    public const string XRayRadiofluoroscopicImageStorage = "1.2.840.10008.5.1.4.1.1.12.2";

    /// <summary>Enhanced XRF Image Storage.</summary>
    public const string EnhancedXrfImageStorage = "1.2.840.10008.5.1.4.1.1.12.2.1";

    /// <summary>X-Ray 3D Angiographic Image Storage.</summary>
    public const string XRay3DAngiographicImageStorage = "1.2.840.10008.5.1.4.1.1.13.1.1";

    /// <summary>X-Ray 3D Craniofacial Image Storage.</summary>
    public const string XRay3DCraniofacialImageStorage = "1.2.840.10008.5.1.4.1.1.13.1.2";

    /// <summary>Breast Tomosynthesis Image Storage.</summary>
    public const string BreastTomosynthesisImageStorage = "1.2.840.10008.5.1.4.1.1.13.1.3";

    /// <summary>Nuclear Medicine Image Storage.</summary>
    public const string NuclearMedicineImageStorage = "1.2.840.10008.5.1.4.1.1.20";

    /// <summary>Parametric Map Storage.</summary>
    public const string ParametricMapStorage = "1.2.840.10008.5.1.4.1.1.30";

    /// <summary>Raw Data Storage.</summary>
    public const string RawDataStorage = "1.2.840.10008.5.1.4.1.1.66";

    /// <summary>Spatial Registration Storage.</summary>
    public const string SpatialRegistrationStorage = "1.2.840.10008.5.1.4.1.1.66.1";

    /// <summary>Spatial Fiducials Storage.</summary>
    public const string SpatialFiducialsStorage = "1.2.840.10008.5.1.4.1.1.66.2";

    /// <summary>Deformable Spatial Registration Storage.</summary>
    public const string DeformableSpatialRegistrationStorage = "1.2.840.10008.5.1.4.1.1.66.3";

    /// <summary>Segmentation Storage.</summary>
    public const string SegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.4";

    /// <summary>Surface Segmentation Storage.</summary>
    public const string SurfaceSegmentationStorage = "1.2.840.10008.5.1.4.1.1.66.5";

    /// <summary>Real World Value Mapping Storage.</summary>
    public const string RealWorldValueMappingStorage = "1.2.840.10008.5.1.4.1.1.67";

    /// <summary>VL Endoscopic Image Storage.</summary>
    public const string VLEndoscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.1";

    /// <summary>Video Endoscopic Image Storage.</summary>
    public const string VideoEndoscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.1.1";

    /// <summary>VL Microscopic Image Storage.</summary>
    public const string VLMicroscopicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.2";

    /// <summary>VL Photographic Image Storage.</summary>
    public const string VLPhotographicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.4";

    /// <summary>Video Photographic Image Storage.</summary>
    public const string VideoPhotographicImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.4.1";

    /// <summary>Ophthalmic Photography 8 Bit Image Storage.</summary>
    public const string OphthalmicPhotography8BitImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.1";

    /// <summary>Ophthalmic Photography 16 Bit Image Storage.</summary>
    public const string OphthalmicPhotography16BitImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.2";

    /// <summary>Ophthalmic Tomography Image Storage.</summary>
    public const string OphthalmicTomographyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.5.4";

    /// <summary>VL Whole Slide Microscopy Image Storage.</summary>
    public const string VLWholeSlideMicroscopyImageStorage = "1.2.840.10008.5.1.4.1.1.77.1.6";

    /// <summary>Basic Text SR Storage.</summary>
    public const string BasicTextSRStorage = "1.2.840.10008.5.1.4.1.1.88.11";

    /// <summary>Enhanced SR Storage.</summary>
    public const string EnhancedSRStorage = "1.2.840.10008.5.1.4.1.1.88.22";

    /// <summary>Comprehensive SR Storage.</summary>
    public const string ComprehensiveSRStorage = "1.2.840.10008.5.1.4.1.1.88.33";

    /// <summary>Comprehensive 3D SR Storage.</summary>
    public const string Comprehensive3DSRStorage = "1.2.840.10008.5.1.4.1.1.88.34";

    /// <summary>Mammography CAD SR Storage.</summary>
    public const string MammographyCadSRStorage = "1.2.840.10008.5.1.4.1.1.88.50";

    /// <summary>Key Object Selection Document Storage.</summary>
    public const string KeyObjectSelectionDocumentStorage = "1.2.840.10008.5.1.4.1.1.88.59";

    /// <summary>Chest CAD SR Storage.</summary>
    public const string ChestCadSRStorage = "1.2.840.10008.5.1.4.1.1.88.65";

    /// <summary>X-Ray Radiation Dose SR Storage.</summary>
    public const string XRayRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.67";

    /// <summary>Radiopharmaceutical Radiation Dose SR Storage.</summary>
    public const string RadiopharmaceuticalRadiationDoseSRStorage = "1.2.840.10008.5.1.4.1.1.88.68";

    /// <summary>Encapsulated PDF Storage.</summary>
    public const string EncapsulatedPdfStorage = "1.2.840.10008.5.1.4.1.1.104.1";

    /// <summary>Encapsulated CDA Storage.</summary>
    public const string EncapsulatedCdaStorage = "1.2.840.10008.5.1.4.1.1.104.2";

    /// <summary>Encapsulated STL Storage.</summary>
    public const string EncapsulatedStlStorage = "1.2.840.10008.5.1.4.1.1.104.3";

    /// <summary>Positron Emission Tomography Image Storage.</summary>
    public const string PositronEmissionTomographyImageStorage = "1.2.840.10008.5.1.4.1.1.128";

    /// <summary>Enhanced PET Image Storage.</summary>
    public const string EnhancedPetImageStorage = "1.2.840.10008.5.1.4.1.1.130";

    /// <summary>RT Image Storage.</summary>
    public const string RTImageStorage = "1.2.840.10008.5.1.4.1.1.481.1";

    /// <summary>RT Dose Storage.</summary>
    public const string RTDoseStorage = "1.2.840.10008.5.1.4.1.1.481.2";

    /// <summary>RT Structure Set Storage.</summary>
    public const string RTStructureSetStorage = "1.2.840.10008.5.1.4.1.1.481.3";

    /// <summary>RT Beams Treatment Record Storage.</summary>
    public const string RTBeamsTreatmentRecordStorage = "1.2.840.10008.5.1.4.1.1.481.4";

    /// <summary>RT Plan Storage.</summary>
    public const string RTPlanStorage = "1.2.840.10008.5.1.4.1.1.481.5";

    /// <summary>RT Brachy Treatment Record Storage.</summary>
    public const string RTBrachyTreatmentRecordStorage = "1.2.840.10008.5.1.4.1.1.481.6";

    /// <summary>RT Treatment Summary Record Storage.</summary>
    public const string RTTreatmentSummaryRecordStorage = "1.2.840.10008.5.1.4.1.1.481.7";

    /// <summary>RT Ion Plan Storage.</summary>
    public const string RTIonPlanStorage = "1.2.840.10008.5.1.4.1.1.481.8";

    /// <summary>RT Ion Beams Treatment Record Storage.</summary>
    public const string RTIonBeamsTreatmentRecordStorage = "1.2.840.10008.5.1.4.1.1.481.9";
}
