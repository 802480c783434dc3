using static Dicom.Net.Dimse.CommandField;

namespace Dicom.Net.Dimse;

/// <summary>What the value of a Command Field tells of its message.</summary>
internal static class CommandFieldExtensions
{
    // PS3.7 §E.1: every response's value is its request's with this bit set.
    private const ushort ResponseBit = 0x8000;

    /// <summary>Whether the message answers another.</summary>
    public static bool IsResponse(this CommandField field) => ((ushort)field & ResponseBit) != 0;

    /// <summary>The field of the response to a request; also for operations that the standard does not know.</summary>
    public static CommandField ToResponse(this CommandField request) => (CommandField)((ushort)request | ResponseBit);

    /// <summary>Whether a request may be answered by pending responses before the final one, and be cancelled: C-FIND, C-GET, C-MOVE (PS3.7 §9.1).</summary>
    public static bool HasPendingResponses(this CommandField request) => request is CFindRq or CGetRq or CMoveRq;

    /// <summary>Whether a response with a status is the last to its request.</summary>
    /// <param name="field">Of the request or of the response.</param>
    /// <param name="status">The status: pending has a meaning for a few operations only.</param>
    public static bool IsFinal(this CommandField field, DicomCommandStatusType status) =>
        !status.IsPending() || !((CommandField)((ushort)field & ~ResponseBit)).HasPendingResponses();

    /// <summary>The service that a request is of, as the standard names it; "other" for what it does not know.</summary>
    public static string ToServiceName(this CommandField request) => request switch
    {
        CStoreRq => "C-STORE",
        CGetRq => "C-GET",
        CFindRq => "C-FIND",
        CMoveRq => "C-MOVE",
        CEchoRq => "C-ECHO",
        NEventReportRq => "N-EVENT-REPORT",
        NGetRq => "N-GET",
        NSetRq => "N-SET",
        NActionRq => "N-ACTION",
        NCreateRq => "N-CREATE",
        NDeleteRq => "N-DELETE",
        _ => "other",
    };

    /// <summary>The message's name in the standard's spelling, or its number where the standard has none.</summary>
    public static string ToStandardName(this CommandField field) => field switch
    {
        CStoreRq => "C-STORE-RQ",
        CStoreRsp => "C-STORE-RSP",
        CGetRq => "C-GET-RQ",
        CGetRsp => "C-GET-RSP",
        CFindRq => "C-FIND-RQ",
        CFindRsp => "C-FIND-RSP",
        CMoveRq => "C-MOVE-RQ",
        CMoveRsp => "C-MOVE-RSP",
        CEchoRq => "C-ECHO-RQ",
        CEchoRsp => "C-ECHO-RSP",
        NEventReportRq => "N-EVENT-REPORT-RQ",
        NEventReportRsp => "N-EVENT-REPORT-RSP",
        NGetRq => "N-GET-RQ",
        NGetRsp => "N-GET-RSP",
        NSetRq => "N-SET-RQ",
        NSetRsp => "N-SET-RSP",
        NActionRq => "N-ACTION-RQ",
        NActionRsp => "N-ACTION-RSP",
        NCreateRq => "N-CREATE-RQ",
        NCreateRsp => "N-CREATE-RSP",
        NDeleteRq => "N-DELETE-RQ",
        NDeleteRsp => "N-DELETE-RSP",
        CCancelRq => "C-CANCEL-RQ",
        _ => $"command {(ushort)field:X4}H",
    };
}
