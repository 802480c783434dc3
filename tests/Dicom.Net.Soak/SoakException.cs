namespace Dicom.Net.Soak;

/// <summary>Why a run could not be made, or what it has found.</summary>
internal sealed class SoakException(string message) : Exception(message);
