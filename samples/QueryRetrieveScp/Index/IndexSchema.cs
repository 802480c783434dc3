namespace Dicom.Net.Samples;

/// <summary>
/// What the index has of each instance, and the tables for it. A column bears the keyword of its attribute. There is no table of
/// patients: what a study says of its patient stays with the study, so that two persons are never taken for one.
/// </summary>
internal static class IndexSchema
{
    /// <summary>Of another version, the index has to be made anew from the files.</summary>
    public const int Version = 1;

    public static readonly string[] PatientColumns = ["PatientID", "IssuerOfPatientID", "PatientName", "PatientBirthDate", "PatientSex"];

    public static readonly string[] StudyColumns =
    [
        "StudyInstanceUID", "StudyDate", "StudyTime", "AccessionNumber", "StudyID", "StudyDescription", "ReferringPhysicianName",
        "PatientAge", "PatientWeight",
    ];

    public static readonly string[] SeriesColumns =
    [
        "SeriesInstanceUID", "Modality", "SeriesNumber", "SeriesDate", "SeriesTime", "SeriesDescription", "BodyPartExamined",
        "ProtocolName", "StationName", "InstitutionName", "Manufacturer", "PerformedProcedureStepStartDate",
        "PerformedProcedureStepStartTime", "PerformedProcedureStepID",
    ];

    public static readonly string[] InstanceColumns =
    [
        "SOPInstanceUID", "SOPClassUID", "InstanceNumber", "ImageType", "ContentDate", "ContentTime", "AcquisitionNumber",
        "NumberOfFrames", "Rows", "Columns", "BitsAllocated",
    ];

    /// <summary>Columns that are searched for equal values.</summary>
    public static readonly string[] Sought =
        ["Study.PatientID", "Study.StudyInstanceUID", "Study.AccessionNumber", "Series.SeriesInstanceUID", "Instance.SOPInstanceUID"];

    /// <summary>The attributes by their tags.</summary>
    public static readonly Dictionary<DicomTag, IndexedAttribute> Attributes = All().ToDictionary(attribute => attribute.Tag);

    /// <summary>The statements that make the tables.</summary>
    /// <param name="id">The column <c>Id</c>, as a database wants it.</param>
    public static string Tables(string id) => $"""
        CREATE TABLE Study ({id}, {Columns([.. PatientColumns, .. StudyColumns])});
        CREATE UNIQUE INDEX StudyByUid ON Study (StudyInstanceUID);
        CREATE INDEX StudyByPatient ON Study (PatientID);
        CREATE INDEX StudyByAccessionNumber ON Study (AccessionNumber);
        CREATE TABLE Series ({id}, StudyId BIGINT NOT NULL REFERENCES Study, {Columns(SeriesColumns)});
        CREATE UNIQUE INDEX SeriesByUid ON Series (StudyId, SeriesInstanceUID);
        CREATE INDEX SeriesByUidAlone ON Series (SeriesInstanceUID);
        CREATE TABLE Instance ({id}, SeriesId BIGINT NOT NULL REFERENCES Series, {Columns(InstanceColumns)},
            TransferSyntax TEXT NOT NULL, File TEXT NOT NULL);
        CREATE UNIQUE INDEX InstanceByUid ON Instance (SOPInstanceUID);
        CREATE INDEX InstanceBySeries ON Instance (SeriesId);
        """;

    private static string Columns(string[] names) => string.Join(", ", names.Select(name => $"{name} TEXT NOT NULL"));

    private static IEnumerable<IndexedAttribute> All() =>
    [
        .. PatientColumns.Select(name => Column(name, QueryLevel.Patient, "Study")),
        .. StudyColumns.Select(name => Column(name, QueryLevel.Study, "Study")),
        .. SeriesColumns.Select(name => Column(name, QueryLevel.Series, "Series")),
        .. InstanceColumns.Select(name => Column(name, QueryLevel.Image, "Instance")),
        Computed("NumberOfPatientRelatedStudies", QueryLevel.Patient, Count("", "p.PatientID = Study.PatientID")),
        Computed("NumberOfPatientRelatedSeries", QueryLevel.Patient, Count(JoinSeries, "p.PatientID = Study.PatientID")),
        Computed("NumberOfPatientRelatedInstances", QueryLevel.Patient, Count(JoinInstances, "p.PatientID = Study.PatientID")),
        Computed("NumberOfStudyRelatedSeries", QueryLevel.Study, Count(JoinSeries, "p.Id = Study.Id")),
        Computed("NumberOfStudyRelatedInstances", QueryLevel.Study, Count(JoinInstances, "p.Id = Study.Id")),
        Computed("ModalitiesInStudy", QueryLevel.Study, List("s.Modality", JoinSeries, "p.Id = Study.Id")),
        Computed("SOPClassesInStudy", QueryLevel.Study, List("i.SOPClassUID", JoinInstances, "p.Id = Study.Id")),
        Computed("NumberOfSeriesRelatedInstances", QueryLevel.Series, Count(JoinInstances, "s.Id = Series.Id")),
        Computed("AvailableTransferSyntaxUID", QueryLevel.Image, "Instance.TransferSyntax"),

        // What is in the index is on the disk (PS3.3 §C.4.23.1.1).
        Computed("InstanceAvailability", QueryLevel.Patient, "'ONLINE'"),
    ];

    private const string JoinSeries = "JOIN Series s ON s.StudyId = p.Id";
    private const string JoinInstances = $"{JoinSeries} JOIN Instance i ON i.SeriesId = s.Id";

    private static string Count(string join, string where) => $"(SELECT CAST(COUNT(*) AS TEXT) FROM Study p {join} WHERE {where})";

    private static string List(string column, string join, string where) =>
        $@"(SELECT string_agg(Value, '\') FROM (SELECT DISTINCT {column} AS Value FROM Study p {join} WHERE {where} ORDER BY Value) AS Listed)";

    private static IndexedAttribute Column(string keyword, QueryLevel level, string table) =>
        Computed(keyword, level, $"{table}.{keyword}");

    private static IndexedAttribute Computed(string keyword, QueryLevel level, string sql) =>
        DicomDictionary.TryGetTag(keyword, out var tag)
            ? new(tag, level, sql)
            : throw new ArgumentException($"The dictionary has no {keyword}.", nameof(keyword));
}
