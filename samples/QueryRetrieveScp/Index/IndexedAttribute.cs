namespace Dicom.Net.Samples;

/// <summary>An attribute that can be asked for.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Level">The level that it belongs to; it can be asked for there and below.</param>
/// <param name="Sql">What it is in a query over Study, Series and Instance. Text of ours: never a peer's.</param>
internal sealed record IndexedAttribute(DicomTag Tag, QueryLevel Level, string Sql)
{
    public DicomVR VR { get; } = DicomDictionary.GetVR(Tag);

    /// <summary>Whether the index finds equal values at once; it has one value.</summary>
    public bool IsSought => IndexSchema.Sought.Contains(Sql);
}
