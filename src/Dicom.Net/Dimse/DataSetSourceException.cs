namespace Dicom.Net.Dimse;

/// <summary>
/// A source gave other bytes than it promised. The message cannot be completed, and the peer cannot be told so within it: the association
/// is to be aborted.
/// </summary>
/// <param name="message">What the source did.</param>
internal sealed class DataSetSourceException(string message) : IOException(message);
