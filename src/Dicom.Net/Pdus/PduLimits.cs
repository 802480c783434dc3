namespace Dicom.Net.Pdus;

/// <summary>What a peer may make us hold. Each limit is tested on a declared length, before memory is reserved for it.</summary>
internal sealed record PduLimits
{
    public static PduLimits Default { get; } = new();

    /// <summary>
    /// The longest A-ASSOCIATE-RQ or -AC. Arbitrary, but no honest one is refused: 128 contexts of 64 transfer syntaxes with
    /// UIDs of 64 characters are 566,784 bytes, and user information adds 65,535 at most.
    /// </summary>
    public uint MaximumAssociateLength { get; init; } = 1024 * 1024;

    /// <summary>
    /// The Maximum Length that we announced: the longest P-DATA-TF, without its six header bytes; 0 = unlimited (PS3.8 §D.1).
    /// 16 KiB has been the usual announcement of DICOM tools for decades.
    /// </summary>
    public uint MaximumDataLength { get; init; } = 16 * 1024;

    /// <summary>Stands in for the announced length where that was 0. Arbitrary: a PDU is buffered whole.</summary>
    public uint MaximumUnlimitedDataLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// The longest of the four PDUs whose length is 4 by the standard. Overlong ones are met in practice and harmless while
    /// short; the number is arbitrary.
    /// </summary>
    public uint MaximumFixedLength { get; init; } = 64;

    /// <summary>Identifiers are the odd numbers from 1 to 255, so there are 128 of them (PS3.8 §9.3.2.2).</summary>
    public int MaximumPresentationContexts { get; init; } = 128;
}
