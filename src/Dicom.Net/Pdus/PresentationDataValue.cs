namespace Dicom.Net.Pdus;

/// <summary>One PDV of a P-DATA-TF: a fragment of a message (PS3.8 §9.3.5.1 and Annex E).</summary>
/// <param name="ContextId">The presentation context of the message.</param>
/// <param name="IsCommand">Whether the fragment is of the command set, else of the data set (bit 0 of the message control header).</param>
/// <param name="IsLast">Whether it is the last one of that set (bit 1).</param>
/// <param name="Fragment">The bytes; they belong to the receive buffer and are good until its owner reuses it.</param>
public readonly record struct PresentationDataValue(byte ContextId, bool IsCommand, bool IsLast, ReadOnlyMemory<byte> Fragment);
