namespace Dicom.Net.Samples;

/// <summary>Which SOP classes are for storage (PS3.4 §B.5, §GG.3): by their roots, since there are new ones every year.</summary>
internal static class StorageSopClasses
{
    /// <summary>The composite instances: images, waveforms, reports, presentation states (PS3.6 Table A-1).</summary>
    private const string Composite = "1.2.840.10008.5.1.4.1.1.";

    /// <summary>Hanging protocols, color palettes, implant templates, and what else is stored but belongs to no patient.</summary>
    private static readonly string[] Others =
    [
        "1.2.840.10008.5.1.4.38.1", "1.2.840.10008.5.1.4.39.1", "1.2.840.10008.5.1.4.43.1", "1.2.840.10008.5.1.4.44.1",
        "1.2.840.10008.5.1.4.45.1", "1.2.840.10008.5.1.4.34.7", "1.2.840.10008.5.1.4.34.10",
    ];

    /// <summary>Verification is no storage, but a peer may ask for it first. A SOP class without DICOM's root is a vendor's own.</summary>
    public static bool Contain(string sopClass) =>
        sopClass.StartsWith(Composite, StringComparison.Ordinal)
        || !sopClass.StartsWith("1.2.840.10008.", StringComparison.Ordinal)
        || sopClass == DicomUids.Verification
        || Others.Contains(sopClass);
}
