namespace Dicom.Net.Samples;

/// <summary>What the index has of an instance: its row, and those of its series and study, by their columns.</summary>
internal sealed record IndexedInstance
{
    private IndexedInstance(DicomDataSet dataSet, string file)
    {
        Uid = Identifier.TextOf(dataSet, DicomTag.SOPInstanceUID);
        Study = Values(dataSet, [.. IndexSchema.PatientColumns, .. IndexSchema.StudyColumns]);
        Series = Values(dataSet, IndexSchema.SeriesColumns);
        Instance = [.. Values(dataSet, IndexSchema.InstanceColumns), ("TransferSyntax", dataSet.TransferSyntax), ("File", file)];
    }

    /// <summary>Its SOP Instance UID.</summary>
    public string Uid { get; }

    /// <summary>What it says of its patient and study.</summary>
    public (string Column, object Value)[] Study { get; }

    /// <summary>What it says of its series.</summary>
    public (string Column, object Value)[] Series { get; }

    /// <summary>What it says of itself, and where it is.</summary>
    public (string Column, object Value)[] Instance { get; }

    /// <summary>Reads it.</summary>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    /// <exception cref="IOException">Its file cannot be read.</exception>
    public static IndexedInstance Of(DicomDataSet dataSet, string file) => new(dataSet, file);

    private static (string Column, object Value)[] Values(DicomDataSet dataSet, string[] keywords) =>
    [
        .. keywords.Select(keyword => DicomDictionary.TryGetTag(keyword, out var tag)
            ? (keyword, (object)IndexText.Of(Identifier.TextOf(dataSet, tag)))
            : throw new ArgumentException($"The dictionary has no {keyword}.", nameof(keywords))),
    ];
}
