namespace Dicom.Net.Transport;

/// <summary>What should be a PROXY header is none, or says what it must not. The message is for the log and repeats nothing of it but numbers.</summary>
internal sealed class ProxyHeaderException(string message) : Exception(message);
