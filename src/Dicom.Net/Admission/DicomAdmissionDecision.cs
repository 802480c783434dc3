using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>What <see cref="DicomAdmission.Decide"/> has decided about an association.</summary>
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

    internal static DicomAdmissionDecision Supported(DicomSupportedServices services) => new(null, services);
}
