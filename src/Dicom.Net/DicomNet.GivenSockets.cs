using System.Net.Sockets;
using Dicom.Net.Transport;

namespace Dicom.Net;

/// <summary>Listening on sockets from outside: the application's own, or those of a service manager.</summary>
public partial class DicomNet
{
    /// <summary>Listens on a socket that is bound already, for an application that binds it in its own way.</summary>
    /// <param name="socket">
    /// A TCP socket of IPv4 or IPv6, bound, and listening or not. After success it is this object's, which closes it with <see cref="Close"/>;
    /// otherwise it stays the caller's.
    /// </param>
    /// <param name="maxNumberOfPeers">The backlog, as for the other overloads.</param>
    /// <returns>Success, or what was wrong and what to do.</returns>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult Listen(Socket socket, int maxNumberOfPeers)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return Return(Listen(options => Listen([socket], maxNumberOfPeers, options)));
    }

    /// <summary>
    /// Listens on the sockets that the service manager has opened for this process: systemd's socket activation (sd_listen_fds(3), systemd.socket(5)).
    /// The port is then bound by the manager: it may be below 1024 without a privilege of this process, and a connection that comes while the
    /// process restarts waits in the socket's queue.
    /// </summary>
    /// <param name="name">The socket unit's name for them (FileDescriptorName=); null: all that were handed over and are not taken yet.</param>
    /// <param name="maxNumberOfPeers">The backlog, as for Listen.</param>
    /// <returns>Success, or what was wrong and what to do.</returns>
    /// <remarks>
    /// Each can be listened on once in the life of the process. <see cref="Close"/> closes this process's hold on it; the manager keeps its own.
    /// </remarks>
    /// <exception cref="DicomException">As the return code, if <see cref="ThrowOnError"/> is set.</exception>
    public DicomNetResult ListenActivated(string? name, int maxNumberOfPeers) => Return(Listen(options =>
    {
        var taken = ActivatedSockets.Take(name);
        try
        {
            return Listen([.. taken.Select(activated => activated.Socket)], maxNumberOfPeers, options);
        }
        catch (TransportException)
        {
            ActivatedSockets.GiveBack(taken);
            throw;
        }
    }));

    private TransportListener Listen(Socket[] sockets, int backlog, TransportListenerOptions options)
    {
        try
        {
            GivenSockets.Listen(sockets, backlog);
            return TransportListener.ListenOn(sockets, GivenSockets.Accept, options, OnSocketAccepted, _log);
        }
        catch (ObjectDisposedException error)
        {
            throw new TransportException(TransportErrorKind.BadParameter, "The socket has been closed: hand over one that is open.", error);
        }
    }
}
