namespace Dicom.Net;

/// <summary>
/// What serves some of a peer's requests: a class that implements one or more of the interfaces that derive from this one, each for one DIMSE
/// service, and is registered in <see cref="DicomHandlers"/>.
/// </summary>
/// <remarks>
/// <para>A handler says what came of a request, and the library answers: a status, or an exception that has one
/// (<see cref="DicomRefusalException"/>). Any other exception is logged and answered as <see cref="DicomHandlers"/> says.</para>
/// <para>The calls begin on the thread that received the request, which has the association's next request wait: who takes his time awaits, and
/// does not block. Where a window was negotiated, or a time limit is set, they begin on threads of the pool, and several run at once.</para>
/// <para>The token of a call is cancelled when the peer cancels the operation (C-CANCEL), when the association is aborted or lost, when a
/// listener that closes is at its deadline, and when <see cref="DicomHandlers.TimeLimit"/> is over.</para>
/// </remarks>
public interface IDicomServiceHandler;
