using System.Text;
using FellowOakDicom.Network;

namespace Dicom.Net.FoDicom;

/// <summary>What fo-dicom's server would have been given for its services. An object is read for each association.</summary>
public sealed record FoDicomServiceOptions
{
    /// <summary>Where each service gets what its constructor asks for, in a scope of its own. Null: from fo-dicom's defaults.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>fo-dicom's own options for its services: the maximum PDU length, logging of data sets, say. Null: its defaults.</summary>
    public DicomServiceOptions? Service { get; init; }

    /// <summary>How text is read where a data set names no character set. Null: as ASCII.</summary>
    public Encoding? FallbackEncoding { get; init; }

    /// <summary>An object of the application's for each service: <see cref="DicomService.UserState"/>.</summary>
    public object? UserState { get; init; }
}
