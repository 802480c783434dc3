namespace Dicom.Net.Samples;

/// <summary>What an entity must fulfil: one of its attributes, and the key that it has to match.</summary>
internal sealed record QueryCondition(IndexedAttribute Attribute, string Key)
{
    /// <summary>Whether the index finds what matches at once; else each value is to be compared.</summary>
    public bool IsSought { get; } = Attribute.IsSought && !KeyMatching.HasWildcard(Attribute.VR, Key);

    /// <summary>The values that are sought.</summary>
    public string[] Values => [.. Key.Split('\\', StringSplitOptions.TrimEntries).Select(IndexText.Of)];

    public bool Matches(string value) => KeyMatching.Matches(Attribute.VR, Key, value);
}
