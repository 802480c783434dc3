using Dicom.Net.Diagnostics;

namespace Dicom.Net;

/// <summary>Connections on their way from the accept loop to a client object.</summary>
public partial class DicomNet
{
    /// <returns>False: nobody listens any more, or too many wait; it is closed.</returns>
    private bool TakeIn(ListenerConnection entered)
    {
        int pending;
        lock (Pending)
        {
            if (_takesConnections && Pending.Count < MaximumPending)
            {
                Pending.Enqueue(entered);
                return true;
            }

            pending = Pending.Count;
        }

        if (Door.Refusals.NotTaken.Note(entered.Host) is > 0 and var count)
        {
            FacadeLog.ConnectionNotTaken(_log, entered.Connection.RemoteEndPoint.ToString(), pending, count);
        }

        _options.Instruments.TellRefused("not_accepted");
        entered.Leave();
        entered.Connection.Close();
        return false;
    }
}
