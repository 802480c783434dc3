namespace Dicom.Net;

/// <summary>How far the sending of a file is.</summary>
/// <param name="Path">The file.</param>
/// <param name="SentBytes">Bytes of its data set that have been handed over.</param>
public readonly record struct DicomFileProgress(string Path, long SentBytes);
