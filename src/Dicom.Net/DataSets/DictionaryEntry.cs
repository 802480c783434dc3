namespace Dicom.Net.DataSets;

/// <summary>One line of the registry; a repeating group's tag matches wherever the mask has ones.</summary>
internal readonly record struct DictionaryEntry(
    uint Tag, uint Mask, DicomVR VR, bool IsUnsignedOrSigned, int KeywordOffset, int KeywordLength);
