using System.Text.Json;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>
/// A response as dcmjs-dimse has understood it: the type is the event's or the action's, the elements are those of the data set by keyword,
/// null without a data set.
/// </summary>
internal sealed record DcmjsResponse(
    int Status, string? SopClass, string? Instance, int? Type, string? Comment, IReadOnlyDictionary<string, JsonElement>? Elements);
