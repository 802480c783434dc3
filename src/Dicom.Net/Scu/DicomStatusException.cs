using System.Globalization;
using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>The peer answered a request with a status that says failure, or cancelled where nobody asked for that (PS3.7 Annex C).</summary>
public sealed class DicomStatusException : DicomException
{
    internal DicomStatusException(string service, DicomResponse response)
        : base(new DicomNetResult(DicomExceptionCode.OperationFailed, Describe(service, response)))
        => Response = response;

    /// <summary>The response; of a retrieval a <see cref="DicomRetrieveResponse"/>, of an N service a <see cref="DicomNormalizedResponse"/>.</summary>
    public DicomResponse Response { get; }

    /// <summary>The status.</summary>
    public DicomCommandStatusType Status => Response.Status;

    /// <summary>What else the peer said of it.</summary>
    public DicomStatusDetail Detail => Response.Detail;

    private static string Describe(string service, DicomResponse response)
    {
        var name = Enum.IsDefined(response.Status) ? $" ({response.Status})" : "";
        var comment = response.Detail.ErrorComment is { Length: > 0 } text ? $" The peer says: {PeerText.Escape(text)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"The {service} was answered with status {(int)response.Status:X4}H{name}.{comment}");
    }
}
