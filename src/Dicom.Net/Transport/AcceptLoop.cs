using System.Net;
using System.Net.Sockets;
using Dicom.Net.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Transport;

/// <summary>
/// Accepts on one listening socket until it is told to stop, whatever happens meanwhile:
/// a connection that died in the queue is skipped; a machine out of handles or buffers is given a pause, again and again, before the
/// last handles are gone (<see cref="HandleReserve"/>); a handler that throws loses its connection, and the next peer is served.
/// </summary>
/// <param name="accept">Waits for the next connection, on the calling thread; throws when the listening socket is closed.</param>
/// <param name="localEndPoint">Where, for the log.</param>
/// <param name="onAccepted">Takes the connection over and returns; the loop waits for nothing else.</param>
/// <param name="options">Clock and pauses.</param>
/// <param name="log">Where to report.</param>
internal sealed class AcceptLoop(
    Func<Socket> accept,
    IPEndPoint localEndPoint,
    Action<Socket> onAccepted,
    TransportListenerOptions options,
    ILogger log)
{
    private readonly HandleReserve _reserve = new(options.FreeHandles);
    private int _failuresInARow;

    /// <summary>
    /// Runs the loop on a thread of its own, which waits in the system for the next connection: asked through the runtime's socket
    /// thread and the pool, each would cost two more wakings (a fifth of a short association on one core).
    /// </summary>
    /// <returns>A task that ends with the loop.</returns>
    public Task RunAsync(CancellationToken stopping)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                Run(stopping);
                ended.SetResult();
            }
            catch (Exception e)
            {
                // Only a logger that fails while a failure is reported gets so far; it ends this loop and not the process.
                ended.SetException(e);
            }
        })
        { IsBackground = true, Name = $"Dicom.Net listening on {localEndPoint}" }.UnsafeStart();
        return ended.Task;
    }

    private void Run(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!_reserve.AllowsAccept())
                {
                    Pause(null, stopping);
                    continue;
                }

                var socket = accept();
                EndFailures();
                HandOver(socket, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return; // Stop has closed the socket under the accept: whatever it reports, this is the reason.
            }
            catch (SocketException e) when (SocketErrors.ConcernsOneConnectionOnly(e.SocketErrorCode))
            {
                TransportLog.ConnectionLostInQueue(log, localEndPoint, SocketErrors.ReasonOf(e));
            }
            catch (ObjectDisposedException e)
            {
                TransportLog.ListeningSocketLost(log, localEndPoint, e);
                return;
            }
            catch (Exception e)
            {
                Pause(e, stopping);
            }
        }
    }

    private void HandOver(Socket socket, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
        {
            socket.Dispose();
            return;
        }

        try
        {
            onAccepted(socket);
        }
        catch (Exception e)
        {
            TransportLog.AcceptedConnectionNotTaken(log, localEndPoint, e);
            socket.Dispose();
        }
    }

    // Logged once per episode: a machine out of handles must not fill its disk as well.
    private void Pause(Exception? cause, CancellationToken stopping)
    {
        _reserve.CountNextTime();
        if (_failuresInARow++ == 0)
        {
            ReportFailure(cause);
        }

        Task.Delay(NextPause(), options.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
    }

    private void ReportFailure(Exception? cause)
    {
        if (cause is null)
        {
            TransportLog.HandlesRunningOut(log, localEndPoint, _reserve.Free);
        }
        else
        {
            TransportLog.AcceptFailing(log, localEndPoint, cause);
        }
    }

    private TimeSpan NextPause()
    {
        var doublings = Math.Min(_failuresInARow - 1, 16); // 2^16 shortest pauses: longer than any longest, and far from overflow
        var pause = options.ShortestAcceptPause * (1 << doublings);
        return pause < options.LongestAcceptPause ? pause : options.LongestAcceptPause;
    }

    private void EndFailures()
    {
        if (_failuresInARow > 0)
        {
            TransportLog.AcceptRecovered(log, localEndPoint, _failuresInARow);
            _failuresInARow = 0;
        }
    }
}
