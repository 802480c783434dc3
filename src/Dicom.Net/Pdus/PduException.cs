namespace Dicom.Net.Pdus;

/// <summary>The peer's mistake: bytes that are no PDU of PS3.8 §9.3, or more of them than the limits allow.</summary>
/// <param name="reason">What the A-ABORT that answers it should say.</param>
/// <param name="message">What was wrong, and in which field.</param>
internal sealed class PduException(AbortReason reason, string message) : Exception(message)
{
    public AbortReason Reason { get; } = reason;

    public static PduException Invalid(string message) => new(AbortReason.InvalidParameterValue, message);
}
