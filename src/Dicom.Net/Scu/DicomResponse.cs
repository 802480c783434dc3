namespace Dicom.Net;

/// <summary>The final response to a request of this side (PS3.7 §9.1, §10.1).</summary>
/// <param name="Status">The outcome: a success or a warning, unless <see cref="DicomAssociationOptions.ThrowsOnFailure"/> is false.</param>
/// <param name="Detail">What else the peer says of it.</param>
public record DicomResponse(DicomCommandStatusType Status, DicomStatusDetail Detail)
{
    /// <summary>Status and detail for a line of a log: what the peer wrote is escaped.</summary>
    public sealed override string ToString() => $"{Status} ({(int)Status:X4}H) {Detail}".TrimEnd();
}
