namespace Dicom.Net;

/// <summary>How a <see cref="DicomAssociationPool"/> keeps its associations.</summary>
public sealed record DicomAssociationPoolOptions
{
    /// <summary>How many associations there may be at once, in use or idle. Default 8 (arbitrary). Who wants one more waits.</summary>
    public int MaximumAssociations { get; init; } = 8;

    /// <summary>
    /// How long an association may be idle before it is released. Default 20 seconds (arbitrary: shorter than the half minute after which
    /// several archives end it themselves).
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How each association behaves.</summary>
    public DicomAssociationOptions Association { get; init; } = new();

    /// <exception cref="ArgumentException">A value is out of range; the message says which.</exception>
    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Association);
        Association.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumAssociations);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(IdleTimeout, TimeSpan.Zero);
    }
}
