namespace Dicom.Net;

/// <content>
/// The tags that this library and its samples use, by the standard's keywords (PS3.6 Tables 6-1 and 7-1).
/// <see cref="DicomDictionary.TryGetTag"/> knows all the others.
/// </content>
public readonly partial record struct DicomTag
{
    /// <summary>Media Storage SOP Class UID (0002,0002), UI.</summary>
    public static DicomTag MediaStorageSOPClassUID => new(0x0002, 0x0002);

    /// <summary>Media Storage SOP Instance UID (0002,0003), UI.</summary>
    public static DicomTag MediaStorageSOPInstanceUID => new(0x0002, 0x0003);

    /// <summary>Transfer Syntax UID (0002,0010), UI.</summary>
    public static DicomTag TransferSyntaxUID => new(0x0002, 0x0010);

    /// <summary>Implementation Class UID (0002,0012), UI.</summary>
    public static DicomTag ImplementationClassUID => new(0x0002, 0x0012);

    /// <summary>Implementation Version Name (0002,0013), SH.</summary>
    public static DicomTag ImplementationVersionName => new(0x0002, 0x0013);

    /// <summary>Source Application Entity Title (0002,0016), AE.</summary>
    public static DicomTag SourceApplicationEntityTitle => new(0x0002, 0x0016);

    /// <summary>Sending Application Entity Title (0002,0017), AE.</summary>
    public static DicomTag SendingApplicationEntityTitle => new(0x0002, 0x0017);

    /// <summary>Receiving Application Entity Title (0002,0018), AE.</summary>
    public static DicomTag ReceivingApplicationEntityTitle => new(0x0002, 0x0018);

    /// <summary>Specific Character Set (0008,0005), CS.</summary>
    public static DicomTag SpecificCharacterSet => new(0x0008, 0x0005);

    /// <summary>Image Type (0008,0008), CS.</summary>
    public static DicomTag ImageType => new(0x0008, 0x0008);

    /// <summary>SOP Class UID (0008,0016), UI.</summary>
    public static DicomTag SOPClassUID => new(0x0008, 0x0016);

    /// <summary>SOP Instance UID (0008,0018), UI.</summary>
    public static DicomTag SOPInstanceUID => new(0x0008, 0x0018);

    /// <summary>Study Date (0008,0020), DA.</summary>
    public static DicomTag StudyDate => new(0x0008, 0x0020);

    /// <summary>Series Date (0008,0021), DA.</summary>
    public static DicomTag SeriesDate => new(0x0008, 0x0021);

    /// <summary>Study Time (0008,0030), TM.</summary>
    public static DicomTag StudyTime => new(0x0008, 0x0030);

    /// <summary>Accession Number (0008,0050), SH.</summary>
    public static DicomTag AccessionNumber => new(0x0008, 0x0050);

    /// <summary>Query Retrieve Level (0008,0052), CS.</summary>
    public static DicomTag QueryRetrieveLevel => new(0x0008, 0x0052);

    /// <summary>Retrieve AE Title (0008,0054), AE.</summary>
    public static DicomTag RetrieveAETitle => new(0x0008, 0x0054);

    /// <summary>Instance Availability (0008,0056), CS.</summary>
    public static DicomTag InstanceAvailability => new(0x0008, 0x0056);

    /// <summary>Failed SOP Instance UID List (0008,0058), UI.</summary>
    public static DicomTag FailedSOPInstanceUIDList => new(0x0008, 0x0058);

    /// <summary>Modality (0008,0060), CS.</summary>
    public static DicomTag Modality => new(0x0008, 0x0060);

    /// <summary>Modalities In Study (0008,0061), CS.</summary>
    public static DicomTag ModalitiesInStudy => new(0x0008, 0x0061);

    /// <summary>SOP Classes In Study (0008,0062), UI.</summary>
    public static DicomTag SOPClassesInStudy => new(0x0008, 0x0062);

    /// <summary>Manufacturer (0008,0070), LO.</summary>
    public static DicomTag Manufacturer => new(0x0008, 0x0070);

    /// <summary>Institution Name (0008,0080), LO.</summary>
    public static DicomTag InstitutionName => new(0x0008, 0x0080);

    /// <summary>Referring Physician Name (0008,0090), PN.</summary>
    public static DicomTag ReferringPhysicianName => new(0x0008, 0x0090);

    /// <summary>Station Name (0008,1010), SH.</summary>
    public static DicomTag StationName => new(0x0008, 0x1010);

    /// <summary>Study Description (0008,1030), LO.</summary>
    public static DicomTag StudyDescription => new(0x0008, 0x1030);

    /// <summary>Series Description (0008,103E), LO.</summary>
    public static DicomTag SeriesDescription => new(0x0008, 0x103E);

    /// <summary>Referenced Study Sequence (0008,1110), SQ.</summary>
    public static DicomTag ReferencedStudySequence => new(0x0008, 0x1110);

    /// <summary>Referenced Performed Procedure Step Sequence (0008,1111), SQ.</summary>
    public static DicomTag ReferencedPerformedProcedureStepSequence => new(0x0008, 0x1111);

    /// <summary>Referenced SOP Class UID (0008,1150), UI.</summary>
    public static DicomTag ReferencedSOPClassUID => new(0x0008, 0x1150);

    /// <summary>Referenced SOP Instance UID (0008,1155), UI.</summary>
    public static DicomTag ReferencedSOPInstanceUID => new(0x0008, 0x1155);

    /// <summary>Transaction UID (0008,1195), UI.</summary>
    public static DicomTag TransactionUID => new(0x0008, 0x1195);

    /// <summary>Failure Reason (0008,1197), US.</summary>
    public static DicomTag FailureReason => new(0x0008, 0x1197);

    /// <summary>Failed SOP Sequence (0008,1198), SQ.</summary>
    public static DicomTag FailedSOPSequence => new(0x0008, 0x1198);

    /// <summary>Referenced SOP Sequence (0008,1199), SQ.</summary>
    public static DicomTag ReferencedSOPSequence => new(0x0008, 0x1199);

    /// <summary>Patient Name (0010,0010), PN.</summary>
    public static DicomTag PatientName => new(0x0010, 0x0010);

    /// <summary>Patient ID (0010,0020), LO.</summary>
    public static DicomTag PatientID => new(0x0010, 0x0020);

    /// <summary>Issuer Of Patient ID (0010,0021), LO.</summary>
    public static DicomTag IssuerOfPatientID => new(0x0010, 0x0021);

    /// <summary>Patient Birth Date (0010,0030), DA.</summary>
    public static DicomTag PatientBirthDate => new(0x0010, 0x0030);

    /// <summary>Patient Sex (0010,0040), CS.</summary>
    public static DicomTag PatientSex => new(0x0010, 0x0040);

    /// <summary>Patient Age (0010,1010), AS.</summary>
    public static DicomTag PatientAge => new(0x0010, 0x1010);

    /// <summary>Patient Weight (0010,1030), DS.</summary>
    public static DicomTag PatientWeight => new(0x0010, 0x1030);

    /// <summary>Body Part Examined (0018,0015), CS.</summary>
    public static DicomTag BodyPartExamined => new(0x0018, 0x0015);

    /// <summary>Study Instance UID (0020,000D), UI.</summary>
    public static DicomTag StudyInstanceUID => new(0x0020, 0x000D);

    /// <summary>Series Instance UID (0020,000E), UI.</summary>
    public static DicomTag SeriesInstanceUID => new(0x0020, 0x000E);

    /// <summary>Study ID (0020,0010), SH.</summary>
    public static DicomTag StudyID => new(0x0020, 0x0010);

    /// <summary>Series Number (0020,0011), IS.</summary>
    public static DicomTag SeriesNumber => new(0x0020, 0x0011);

    /// <summary>Instance Number (0020,0013), IS.</summary>
    public static DicomTag InstanceNumber => new(0x0020, 0x0013);

    /// <summary>Number Of Study Related Series (0020,1206), IS.</summary>
    public static DicomTag NumberOfStudyRelatedSeries => new(0x0020, 0x1206);

    /// <summary>Number Of Study Related Instances (0020,1208), IS.</summary>
    public static DicomTag NumberOfStudyRelatedInstances => new(0x0020, 0x1208);

    /// <summary>Number Of Series Related Instances (0020,1209), IS.</summary>
    public static DicomTag NumberOfSeriesRelatedInstances => new(0x0020, 0x1209);

    /// <summary>Samples Per Pixel (0028,0002), US.</summary>
    public static DicomTag SamplesPerPixel => new(0x0028, 0x0002);

    /// <summary>Photometric Interpretation (0028,0004), CS.</summary>
    public static DicomTag PhotometricInterpretation => new(0x0028, 0x0004);

    /// <summary>Number Of Frames (0028,0008), IS.</summary>
    public static DicomTag NumberOfFrames => new(0x0028, 0x0008);

    /// <summary>Rows (0028,0010), US.</summary>
    public static DicomTag Rows => new(0x0028, 0x0010);

    /// <summary>Columns (0028,0011), US.</summary>
    public static DicomTag Columns => new(0x0028, 0x0011);

    /// <summary>Bits Allocated (0028,0100), US.</summary>
    public static DicomTag BitsAllocated => new(0x0028, 0x0100);

    /// <summary>Bits Stored (0028,0101), US.</summary>
    public static DicomTag BitsStored => new(0x0028, 0x0101);

    /// <summary>High Bit (0028,0102), US.</summary>
    public static DicomTag HighBit => new(0x0028, 0x0102);

    /// <summary>Pixel Representation (0028,0103), US.</summary>
    public static DicomTag PixelRepresentation => new(0x0028, 0x0103);

    /// <summary>Requested Procedure Description (0032,1060), LO.</summary>
    public static DicomTag RequestedProcedureDescription => new(0x0032, 0x1060);

    /// <summary>Scheduled Station AE Title (0040,0001), AE.</summary>
    public static DicomTag ScheduledStationAETitle => new(0x0040, 0x0001);

    /// <summary>Scheduled Procedure Step Start Date (0040,0002), DA.</summary>
    public static DicomTag ScheduledProcedureStepStartDate => new(0x0040, 0x0002);

    /// <summary>Scheduled Procedure Step Start Time (0040,0003), TM.</summary>
    public static DicomTag ScheduledProcedureStepStartTime => new(0x0040, 0x0003);

    /// <summary>Scheduled Performing Physician Name (0040,0006), PN.</summary>
    public static DicomTag ScheduledPerformingPhysicianName => new(0x0040, 0x0006);

    /// <summary>Scheduled Procedure Step Description (0040,0007), LO.</summary>
    public static DicomTag ScheduledProcedureStepDescription => new(0x0040, 0x0007);

    /// <summary>Scheduled Procedure Step ID (0040,0009), SH.</summary>
    public static DicomTag ScheduledProcedureStepID => new(0x0040, 0x0009);

    /// <summary>Scheduled Procedure Step Sequence (0040,0100), SQ.</summary>
    public static DicomTag ScheduledProcedureStepSequence => new(0x0040, 0x0100);

    /// <summary>Performed Procedure Step Start Date (0040,0244), DA.</summary>
    public static DicomTag PerformedProcedureStepStartDate => new(0x0040, 0x0244);

    /// <summary>Performed Procedure Step Start Time (0040,0245), TM.</summary>
    public static DicomTag PerformedProcedureStepStartTime => new(0x0040, 0x0245);

    /// <summary>Performed Procedure Step Status (0040,0252), CS.</summary>
    public static DicomTag PerformedProcedureStepStatus => new(0x0040, 0x0252);

    /// <summary>Performed Procedure Step ID (0040,0253), SH.</summary>
    public static DicomTag PerformedProcedureStepID => new(0x0040, 0x0253);

    /// <summary>Scheduled Step Attributes Sequence (0040,0270), SQ.</summary>
    public static DicomTag ScheduledStepAttributesSequence => new(0x0040, 0x0270);

    /// <summary>Performed Series Sequence (0040,0340), SQ.</summary>
    public static DicomTag PerformedSeriesSequence => new(0x0040, 0x0340);

    /// <summary>Requested Procedure ID (0040,1001), SH.</summary>
    public static DicomTag RequestedProcedureID => new(0x0040, 0x1001);

    /// <summary>Float Pixel Data (7FE0,0008), OF.</summary>
    public static DicomTag FloatPixelData => new(0x7FE0, 0x0008);

    /// <summary>Double Float Pixel Data (7FE0,0009), OD.</summary>
    public static DicomTag DoubleFloatPixelData => new(0x7FE0, 0x0009);

    /// <summary>Pixel Data (7FE0,0010), OW or OB.</summary>
    public static DicomTag PixelData => new(0x7FE0, 0x0010);
}
