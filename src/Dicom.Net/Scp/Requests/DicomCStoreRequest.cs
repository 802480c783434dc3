namespace Dicom.Net;

/// <summary>A C-STORE-RQ (PS3.7 §9.1.1), for an <see cref="ICStoreHandler"/>.</summary>
public sealed class DicomCStoreRequest : DicomRequest
{
    private readonly DicomCStoreRequestEventArgs _question;

    internal DicomCStoreRequest(DicomAssociationContext association, DicomCStoreRequestEventArgs question, Stream? destination = null)
        : base(association, question)
    {
        _question = question;
        Destination = destination;
    }

    /// <summary>Affected SOP Instance UID. The peer's text: never to be used as a file name unchecked.</summary>
    public string SopInstance => _question.Instance;

    /// <summary>The priority.</summary>
    public DicomCommandPriorityType Priority => _question.Priority;

    /// <summary>The AE title whose C-MOVE caused this; empty when none did.</summary>
    public string MoveAE => _question.MoveAE;

    /// <summary>The message id of that C-MOVE; 0 when none.</summary>
    public int MoveMessageID => _question.MoveMessageID;

    /// <summary>The instance. Null before it has arrived, and where its bytes went to a stream (<see cref="Destination"/>).</summary>
    public DicomDataSet? DataSet => _question.DataSet;

    /// <summary>The stream that <see cref="ICStoreStartHandler.StartAsync"/> has returned for it, closed by now; null where there is none.</summary>
    public Stream? Destination { get; }
}
