namespace Dicom.Net.Samples;

/// <summary>How a query or retrieval fails: as the peer is told (PS3.4 Tables C.4-1 to C.4-3).</summary>
internal static class Failure
{
    // PS3.7 Annex E: Error Comment is an LO.
    private const int MaximumComment = 64;

    /// <summary>What is logged: of what the peer or the disk has done the message, of a fault of this program all.</summary>
    public static string TextOf(Exception error) =>
        error is FormatException or IOException or UnauthorizedAccessException or DicomException
            ? Words.Escape(error.Message)
            : error.ToString();

    /// <summary>Makes a query of an identifier; one that is none is the peer's fault.</summary>
    public static ArchiveQuery Guard(Func<ArchiveQuery> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception error) when (error is FormatException or DataSetException)
        {
            throw new DicomRefusalException(DicomCommandStatusType.DataSetDoesNotMatchSopClass, DetailOf(error), error);
        }
    }

    /// <summary>What the peer is told: its own fault in words; of ours it need not know where our files are.</summary>
    public static DicomStatusDetail DetailOf(Exception error) => Comment(error is FormatException ? error.Message : "cannot be processed");

    public static DicomStatusDetail Comment(string text) =>
        new() { ErrorComment = text.Length <= MaximumComment ? text : text[..MaximumComment] };
}
