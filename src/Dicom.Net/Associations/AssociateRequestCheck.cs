using Dicom.Net.Dimse;
using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>What the service-provider itself must refuse in an A-ASSOCIATE-RQ, before the application is asked (AE-6).</summary>
internal static class AssociateRequestCheck
{
    /// <summary>The rejection; null when the application may decide.</summary>
    public static AAssociateRj? RefusalOf(AAssociateRq request)
    {
        if (!request.SupportsVersion1)
        {
            return AAssociateRj.ProtocolVersionNotSupported;
        }

        if (request.ApplicationContextName != AAssociateRq.DicomApplicationContext)
        {
            return AAssociateRj.ApplicationContextNameNotSupported;
        }

        // A title of nothing but spaces shall not be used (PS3.8 Table 9-11).
        if (request.CalledAETitle.Length == 0 || request.CallingAETitle.Length == 0)
        {
            return request.CalledAETitle.Length == 0
                ? AAssociateRj.CalledAETitleNotRecognized
                : AAssociateRj.CallingAETitleNotRecognized;
        }

        // A maximum that leaves no room for one fragment: no answer could ever be sent (PS3.8 §D.1 sets no minimum).
        return DimseFragmenter.CanSend(request.UserInformation.MaximumLength ?? 0)
            ? null
            : new(AAssociateRj.Permanent, AAssociateRj.ServiceProviderPresentation, AAssociateRj.LocalLimitExceeded.Reason);
    }
}
