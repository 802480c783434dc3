namespace Dicom.Net.Samples;

/// <summary>An instance of the archive, and the file that it is in.</summary>
internal sealed record StoredInstance(string SopClass, string Instance, string TransferSyntax, string Path);
