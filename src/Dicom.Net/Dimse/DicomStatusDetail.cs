using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>
/// What a response may say besides its status (PS3.7 Annex C): which elements go with which status is told there, and nothing here checks it.
/// </summary>
/// <remarks>Immutable, and may be shared.</remarks>
public sealed record DicomStatusDetail
{
    /// <summary>Nothing besides the status.</summary>
    public static DicomStatusDetail None { get; } = new();

    /// <summary>
    /// Error Comment (0000,0902): a text for people. One that is sent is cut to the 64 characters that its VR allows. A received one is the
    /// peer's text: not to be written anywhere unescaped.
    /// </summary>
    public string? ErrorComment { get; init; }

    /// <summary>Error ID (0000,0903), 0 to 65535: its meaning is the application's, or the service class's.</summary>
    public int? ErrorID { get; init; }

    /// <summary>Offending Element (0000,0901): tags, each with its group in the upper half; empty for none.</summary>
    public IReadOnlyList<long> OffendingElements { get; init; } = [];

    /// <summary>Attribute Identifier List (0000,1005): tags, each with its group in the upper half; empty for none.</summary>
    public IReadOnlyList<long> AttributeIdentifiers { get; init; } = [];

    /// <summary>The comment, escaped, and the number of an error: for a line of a log. Empty when there is neither.</summary>
    public override string ToString() => string.Join(", ", ((string?[])[
        ErrorComment is { } comment ? $"\"{PeerText.Escape(comment)}\"" : null,
        ErrorID is { } id ? $"error {id}" : null,
    ]).OfType<string>());

    internal static DicomStatusDetail Of(CommandSet command) =>
        command is { ErrorComment: null, ErrorId: null, OffendingElements.Count: 0, AttributeIdentifierList.Count: 0 }
            ? None
            : new()
            {
                ErrorComment = command.ErrorComment,
                ErrorID = command.ErrorId,
                OffendingElements = [.. command.OffendingElements.Select(tag => (long)tag)],
                AttributeIdentifiers = [.. command.AttributeIdentifierList.Select(tag => (long)tag)],
            };

    /// <exception cref="ArgumentOutOfRangeException">A number does not fit its element; the message says which.</exception>
    internal CommandSet AddTo(CommandSet response) => response with
    {
        ErrorComment = ErrorComment,
        ErrorId = ErrorID is { } id ? CommandNumber.UnsignedShort(id, "An error id") : null,
        OffendingElements = CommandNumber.Tags(OffendingElements),
        AttributeIdentifierList = CommandNumber.Tags(AttributeIdentifiers),
    };
}
