namespace Dicom.Net;

/// <summary>What became of a proposed presentation context (PS3.8 Table 9-18).</summary>
public enum DicomAssociateAcceptResultType
{
    /// <summary>Accepted. In a request the value has no meaning.</summary>
    Success = 0,

    /// <summary>Rejected by the application.</summary>
    UserReject = 1,

    /// <summary>Rejected by the service-provider, without a reason.</summary>
    ProviderReject = 2,

    /// <summary>The abstract syntax is not supported.</summary>
    AbstractSyntax = 3,

    /// <summary>None of the transfer syntaxes is supported.</summary>
    TransferSyntax = 4,
}
