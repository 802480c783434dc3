using System.Text.Json;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>
/// A message as dcmjs-dimse has understood it: Peers/messages.js. The type is the event's or the action's; the elements are those of the
/// data set by keyword, null without a data set.
/// </summary>
internal sealed record DcmjsMessage(
    string Name, DicomCommandStatusType? Status, string? SopClass, string? Instance, int? Type, string? Comment,
    IReadOnlyDictionary<string, JsonElement>? Elements)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The messages among lines of other things.</summary>
    public static IEnumerable<DcmjsMessage> In(IEnumerable<string> lines) => lines.Where(IsOne).Select(Parse);

    public static bool IsOne(string line) => line.StartsWith("{\"name\":", StringComparison.Ordinal);

    public static DcmjsMessage Parse(string line) => JsonSerializer.Deserialize<DcmjsMessage>(line, Json)!;
}
