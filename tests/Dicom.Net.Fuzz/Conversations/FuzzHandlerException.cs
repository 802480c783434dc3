namespace Dicom.Net.Fuzz.Conversations;

/// <summary>What an application throws that means no good; it may be logged, and end nothing.</summary>
internal sealed class FuzzHandlerException() : Exception("The application of this conversation throws now and then.");
