using System.Globalization;
using System.Text;

namespace Dicom.Net.Pdus;

/// <summary>
/// One line per PDU, for traces and logs. It never throws, never grows with the PDU, escapes what the peer wrote, and shows nothing of a
/// user's identity but its type.
/// </summary>
internal static class PduSummary
{
    /// <summary>Arbitrary: a line stays readable.</summary>
    private const int MaximumPdvsShown = 4;

    public static string NameOf(byte type) => (PduType)type switch
    {
        PduType.AAssociateRq => "A-ASSOCIATE-RQ",
        PduType.AAssociateAc => "A-ASSOCIATE-AC",
        PduType.AAssociateRj => "A-ASSOCIATE-RJ",
        PduType.PDataTf => "P-DATA-TF",
        PduType.AReleaseRq => "A-RELEASE-RQ",
        PduType.AReleaseRp => "A-RELEASE-RP",
        PduType.AAbort => "A-ABORT",
        _ => Invariant($"PDU of unknown type {type:X2}H"),
    };

    /// <param name="header">The PDU's header.</param>
    /// <param name="body">What follows it, or as much of it as is there.</param>
    /// <param name="limits">The limits to read it by; the default ones if null.</param>
    public static string Describe(PduHeader header, ReadOnlySpan<byte> body, PduLimits? limits = null)
    {
        limits ??= PduLimits.Default;
        try
        {
            return (PduType)header.Type switch
            {
                PduType.AAssociateRq => Describe(PduReader.ReadAssociateRq(body, limits)),
                PduType.AAssociateAc => Describe(PduReader.ReadAssociateAc(body, limits)),
                PduType.AAssociateRj => Describe(PduReader.ReadAssociateRj(body)),
                PduType.AAbort => Describe(PduReader.ReadAbort(body)),
                PduType.PDataTf => DescribePData(header, body),
                PduType.AReleaseRq or PduType.AReleaseRp => NameOf(header.Type),
                _ => Invariant($"{NameOf(header.Type)}, {header.Length} bytes"),
            };
        }
        catch (PduException malformed)
        {
            return Invariant($"{NameOf(header.Type)}, {header.Length} bytes, malformed: {malformed.Message}");
        }
    }

    public static string Describe(AAssociateRq pdu)
    {
        var contexts = pdu.PresentationContexts.Count;
        return Titles("A-ASSOCIATE-RQ", pdu.CallingAETitle, pdu.CalledAETitle)
            + Invariant($", {contexts} context{(contexts == 1 ? "" : "s")}")
            + Listed(Describe(pdu.UserInformation));
    }

    public static string Describe(AAssociateAc pdu)
    {
        var accepted = pdu.PresentationContexts.Count(context => context.Result == PresentationContextResult.Acceptance);
        return Titles("A-ASSOCIATE-AC", pdu.CallingAETitle, pdu.CalledAETitle)
            + Invariant($", {accepted} of {pdu.PresentationContexts.Count} contexts accepted")
            + Listed(Describe(pdu.UserInformation));
    }

    public static string Describe(PresentationContextRq context) =>
        Invariant($"context {context.Id}: {PeerText.Escape(context.AbstractSyntax)}, ")
        + Invariant($"{context.TransferSyntaxes.Count} transfer syntax{(context.TransferSyntaxes.Count == 1 ? "" : "es")}");

    public static string Describe(PresentationContextAc context) =>
        Invariant($"context {context.Id}: {context.Result}{Listed(PeerText.Escape(context.TransferSyntax ?? ""))}");

    public static string Describe(UserInformation information)
    {
        var maximum = information.MaximumLength switch
        {
            null => "max not given",
            0 => "max unlimited",
            { } length => Invariant($"max {length}"),
        };
        var identity = information.UserIdentity?.ToString() ?? information.UserIdentityResponse?.ToString() ?? "";
        return maximum + Listed(PeerText.Escape(information.ImplementationVersionName ?? "")) + Listed(identity);
    }

    /// <summary>The words are those of PS3.8 Table 9-21.</summary>
    public static string Describe(AAssociateRj pdu)
    {
        var result = pdu.Result switch
        {
            AAssociateRj.Permanent => "rejected-permanent",
            AAssociateRj.Transient => "rejected-transient",
            _ => "rejected",
        };
        var reason = (pdu.Source, pdu.Reason) switch
        {
            (AAssociateRj.ServiceUser, 1) => "no-reason-given by the service-user",
            (AAssociateRj.ServiceUser, 2) => "application-context-name-not-supported",
            (AAssociateRj.ServiceUser, 3) => "calling-AE-title-not-recognized",
            (AAssociateRj.ServiceUser, 7) => "called-AE-title-not-recognized",
            (AAssociateRj.ServiceProviderAcse, 1) => "no-reason-given by the service-provider",
            (AAssociateRj.ServiceProviderAcse, 2) => "protocol-version-not-supported",
            (AAssociateRj.ServiceProviderPresentation, 1) => "temporary-congestion",
            (AAssociateRj.ServiceProviderPresentation, 2) => "local-limit-exceeded",
            _ => "for an undefined reason",
        };
        return Invariant($"A-ASSOCIATE-RJ {result}, {reason} ({pdu.Result}/{pdu.Source}/{pdu.Reason})");
    }

    /// <summary>The words are those of PS3.8 Table 9-26.</summary>
    public static string Describe(AAbort pdu)
    {
        var who = (pdu.Source, (AbortReason)pdu.Reason) switch
        {
            (AAbort.ServiceUser, _) => "by the service-user",
            (AAbort.ServiceProvider, AbortReason.NotSpecified) => "by the service-provider, reason-not-specified",
            (AAbort.ServiceProvider, AbortReason.UnrecognizedPdu) => "by the service-provider, unrecognized-PDU",
            (AAbort.ServiceProvider, AbortReason.UnexpectedPdu) => "by the service-provider, unexpected-PDU",
            (AAbort.ServiceProvider, AbortReason.UnrecognizedParameter) => "by the service-provider, unrecognized-PDU parameter",
            (AAbort.ServiceProvider, AbortReason.UnexpectedParameter) => "by the service-provider, unexpected-PDU parameter",
            (AAbort.ServiceProvider, AbortReason.InvalidParameterValue) => "by the service-provider, invalid-PDU-parameter value",
            _ => "with undefined codes",
        };
        return Invariant($"A-ABORT {who} ({pdu.Source}/{pdu.Reason})");
    }

    private static string DescribePData(PduHeader header, ReadOnlySpan<byte> body)
    {
        var line = new StringBuilder(Invariant($"P-DATA-TF, {header.Length} bytes"));
        var count = 0;
        while (PdvHeader.TryRead(body, out var pdv))
        {
            if (++count <= MaximumPdvsShown)
            {
                var kind = pdv.IsCommand ? "command" : "data";
                line.Append(Invariant($"; context {pdv.ContextId} {kind}{(pdv.IsLast ? " last" : "")} {pdv.FragmentLength}"));
            }
            body = body[(PdvHeader.Size + pdv.FragmentLength)..];
        }
        if (count > MaximumPdvsShown)
        {
            line.Append(Invariant($"; {count - MaximumPdvsShown} more"));
        }
        return line.Append(body.IsEmpty ? "" : Invariant($"; {body.Length} bytes that are no whole PDV")).ToString();
    }

    private static string Titles(string name, string calling, string called) =>
        $"{name} {PeerText.Escape(calling)} -> {PeerText.Escape(called)}";

    private static string Listed(string part) => part.Length == 0 ? "" : ", " + part;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
