
namespace Dicom.Net.Tool.Output;

/// <summary>The status of a response in words.</summary>
internal static class Status
{
    /// <summary>Four hexadecimal digits, for scripts.</summary>
    public static string Hex(DicomCommandStatusType status) => $"{(int)status:X4}";

    /// <summary>The status, and the peer's own comment, for a person.</summary>
    public static string Describe(DicomResponse response) => response.Detail.ErrorComment is { Length: > 0 } comment
        ? $"{Words.Status(response.Status)}; the peer says: {comment}"
        : Words.Status(response.Status);

    public static Tone ToneOf(DicomCommandStatusType status) =>
        status.IsSuccess() ? Tone.Good : status.IsWarning() || status.IsCancel() ? Tone.Doubtful : Tone.Bad;
}
