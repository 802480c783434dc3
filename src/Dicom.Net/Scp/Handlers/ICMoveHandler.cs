namespace Dicom.Net;

/// <summary>Serves C-MOVE (PS3.7 §9.1.4): the instances are sent on an association of this side's own, to an AE title that the peer names.</summary>
public interface ICMoveHandler : IDicomServiceHandler
{
    /// <summary>Says where the instances go. Asked first; called on a thread of the pool.</summary>
    /// <param name="request">The request, with the AE title (<see cref="DicomCMoveRequest.Destination"/>).</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>Where that AE title is; null: it is not known, which is answered A801H.</returns>
    ValueTask<DicomMoveDestination?> FindDestinationAsync(DicomCMoveRequest request, CancellationToken cancellationToken);

    /// <summary>Finds what is to be sent.</summary>
    /// <param name="request">The request; set <see cref="DicomRetrieveRequest.Count"/> before the first instance, if the number is known.</param>
    /// <param name="cancellationToken">See <see cref="IDicomServiceHandler"/>.</param>
    /// <returns>
    /// The instances. The library opens the association, sends them one after the other, counts what becomes of them, and tells the peer; a
    /// C-CANCEL ends that after the one that is under way.
    /// </returns>
    IAsyncEnumerable<DicomInstance> MoveAsync(DicomCMoveRequest request, CancellationToken cancellationToken);
}
