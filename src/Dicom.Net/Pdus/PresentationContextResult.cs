namespace Dicom.Net.Pdus;

/// <summary>
/// The Result/Reason field of a presentation context in an A-ASSOCIATE-AC (PS3.8 Table 9-18). A received value outside this list
/// is kept as it came; all but <see cref="Acceptance"/> are rejections.
/// </summary>
public enum PresentationContextResult : byte
{
    /// <summary>acceptance.</summary>
    Acceptance = 0,

    /// <summary>user-rejection.</summary>
    UserRejection = 1,

    /// <summary>no-reason (provider rejection).</summary>
    NoReason = 2,

    /// <summary>abstract-syntax-not-supported (provider rejection).</summary>
    AbstractSyntaxNotSupported = 3,

    /// <summary>transfer-syntaxes-not-supported (provider rejection).</summary>
    TransferSyntaxesNotSupported = 4,
}
