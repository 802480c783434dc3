using Dicom.Net.Associations;
using Dicom.Net.Dimse;

namespace Dicom.Net;

/// <summary>What the application wants to answer.</summary>
internal readonly record struct DimseResponse(CommandField Request, string AffectedClass, DicomCommandStatusType Status)
{
    public string? Instance { get; init; }

    /// <summary>Event Type ID or Action Type ID.</summary>
    public int? TypeId { get; init; }

    public DicomSubOperations? Counts { get; init; }

    public DicomDataSet? DataSet { get; init; }

    public DicomStatusDetail? Detail { get; init; }

    /// <summary>Whether no other response follows.</summary>
    public bool IsFinal => Request.IsFinal(Status);

    /// <summary>Why this is a response that cannot be; null where it can.</summary>
    public string? Fault => this switch
    {
        { IsFinal: true } when Status.IsPending() =>
            $"A {Request.ToStandardName()} has one response, which cannot be pending.",
        { Request: CommandField.CFindRq } when Status.IsPending() != DataSet is not null =>
            "A C-FIND response has an identifier if its status is pending, and only then (PS3.7 §9.1.2.1).",
        _ => null,
    };

    /// <summary>
    /// Whether this can be a response to a request: of its service, and of the instance that it is about (PS3.7 Table 9.1-1, §10.1). A peer may
    /// use an id again as soon as it was answered: a late response must not tell of the success of another operation.
    /// </summary>
    public bool Answers(DimseMessage request) => request.Command.CommandField == Request
        && (string.IsNullOrEmpty(Instance) || request.SopInstance.Length == 0 || Instance == request.SopInstance);

    /// <summary>The peer gets its own UID bytes back, unless the application answers with another UID.</summary>
    /// <exception cref="ArgumentException">A value does not fit its element.</exception>
    public CommandSet To(CommandSet request)
    {
        var response = CommandSet.ResponseTo(request, Status, DataSet is not null);
        if (NullIfEmpty(response.AffectedSopClassUid) != NullIfEmpty(AffectedClass)
            || NullIfEmpty(response.AffectedSopInstanceUid) != NullIfEmpty(Instance))
        {
            response = response with { AffectedSopClassUid = NullIfEmpty(AffectedClass), AffectedSopInstanceUid = NullIfEmpty(Instance) };
        }

        response = TypeId is { } type ? WithType(response, CommandNumber.UnsignedShort(type, "An event or action type id")) : response;
        response = Counts is { } counts ? response.WithSubOperations(counts) : response;
        return Detail is { } detail ? detail.AddTo(response) : response;
    }

    private CommandSet WithType(CommandSet response, ushort type) => Request == CommandField.NEventReportRq
        ? response with { EventTypeId = type }
        : response with { ActionTypeId = type };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
