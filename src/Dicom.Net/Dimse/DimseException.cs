namespace Dicom.Net.Dimse;

/// <summary>The peer has sent a message that PS3.7 does not allow. The association cannot go on: it is to be aborted.</summary>
/// <param name="message">What was wrong, and where.</param>
internal sealed class DimseException(string message) : Exception(message);
