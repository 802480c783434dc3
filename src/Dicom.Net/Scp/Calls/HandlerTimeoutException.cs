namespace Dicom.Net;

/// <summary>A call to a handler has taken longer than it may.</summary>
internal sealed class HandlerTimeoutException(string message) : Exception(message);
