using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>What <see cref="DicomAdmission.Decide"/>, or an <see cref="IDicomAssociationHandler"/>, has decided about an association.</summary>
public sealed class DicomAdmissionDecision
{
    private DicomAdmissionDecision(AAssociateRj? rejection, DicomSupportedServices? services)
    {
        Rejection = rejection;
        Services = services;
    }

    /// <summary>How it is to be rejected (PS3.8 Table 9-21); null: it is let in.</summary>
    public AAssociateRj? Rejection { get; }

    /// <summary>What is supported of it; null: that is for the application to say.</summary>
    public DicomSupportedServices? Services { get; }

    internal static DicomAdmissionDecision CalledNotRecognized { get; } = new(AAssociateRj.CalledAETitleNotRecognized, null);

    internal static DicomAdmissionDecision CallingNotRecognized { get; } = new(AAssociateRj.CallingAETitleNotRecognized, null);

    internal static DicomAdmissionDecision LeftToApplication { get; } = new(null, null);

    /// <summary>It is accepted with what is supported of what it asks for.</summary>
    /// <param name="services">What is supported.</param>
    public static DicomAdmissionDecision Accept(DicomSupportedServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new(null, services);
    }

    /// <summary>It is rejected (PS3.8 Table 9-21).</summary>
    /// <param name="result">Whether the same request may succeed later.</param>
    /// <param name="source">Who rejects.</param>
    /// <param name="reason">Why; its meaning depends on the source.</param>
    public static DicomAdmissionDecision Reject(
        DicomAssociateRejectResultType result, DicomAssociateRejectSourceType source, DicomAssociateRejectReasonType reason) =>
        new(new((byte)result, (byte)source, (byte)reason), null);

    internal static DicomAdmissionDecision Supported(DicomSupportedServices services) => new(null, services);
}
