using Dicom.Net.Associations;

namespace Dicom.Net;

/// <summary>
/// What a C-GET has to know of its C-STOREs. It is told from here and not by the object's events: a class of the application's that overrides
/// OnReceiveCStoreResponse or OnClose need not call its base, which raises them.
/// </summary>
internal sealed partial class AssociationHandlers
{
    /// <summary>A response to a request of this side has come: told before anybody else is.</summary>
    public event Action<DimseMessage>? Answered;

    /// <summary>The connection has ended, by this.</summary>
    public event Action<DicomNetResult>? Closed;

    public void TellResponse(DimseMessage response) => Answered?.Invoke(response);
}
