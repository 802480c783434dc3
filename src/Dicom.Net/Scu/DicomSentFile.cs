namespace Dicom.Net;

/// <summary>What became of a file that was to be sent.</summary>
/// <param name="Path">The file.</param>
/// <param name="Response">What the peer answered; null where it did not.</param>
/// <param name="Error">
/// Why it did not: the file is no instance (<see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>), no presentation context
/// fits, or the association was rejected or has ended (<see cref="DicomException"/>). Null where there is a response.
/// </param>
public sealed record DicomSentFile(string Path, DicomResponse? Response, Exception? Error)
{
    /// <summary>Whether the peer has it: after a warning it has (PS3.7 Annex C).</summary>
    public bool IsStored => Response is { Status: var status } && (status.IsSuccess() || status.IsWarning());
}
