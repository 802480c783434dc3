using System.Globalization;
using System.Net.Sockets;

namespace Dicom.Net.Transport;

/// <summary>The listening sockets that a service manager has opened for this process, as sd_listen_fds(3) has it.</summary>
/// <remarks>
/// They are there once: what is taken belongs to whoever has taken it, and its handle may be another file's when that has closed it.
/// </remarks>
internal static class ActivatedSockets
{
    /// <summary>The first handle: SD_LISTEN_FDS_START.</summary>
    private const int First = 3;

    /// <summary>The name of a socket that was given none (sd_listen_fds_with_names(3)).</summary>
    private const string NoName = "unknown";

    private static readonly Lock Gate = new();
    private static List<Activated>? s_left;

    /// <summary>Takes those of a name.</summary>
    /// <param name="name">What the socket unit calls it (FileDescriptorName=); null: all.</param>
    /// <exception cref="TransportException">There is none; the message says why.</exception>
    public static Activated[] Take(string? name)
    {
        lock (Gate)
        {
            s_left ??= Open();
            var taken = s_left.Where(socket => name is null || socket.Name == name).ToArray();
            if (taken.Length == 0)
            {
                throw TransportException.BadParameter(s_left.Count == 0
                    ? "The sockets that the service manager has handed over are taken: each can be listened on once."
                    : $"No socket is named {HostLiteral.Quote(name!)}: there are {string.Join(", ", s_left.Select(socket => HostLiteral.Quote(socket.Name)))}.");
            }

            s_left.RemoveAll(taken.Contains);
            return taken;
        }
    }

    /// <summary>They could not be listened on: another may take them.</summary>
    public static void GiveBack(IEnumerable<Activated> sockets)
    {
        lock (Gate)
        {
            s_left!.AddRange(sockets);
        }
    }

    /// <summary>What the environment says: LISTEN_PID, LISTEN_FDS, LISTEN_FDNAMES.</summary>
    /// <returns>The names of the handles from 3 on.</returns>
    /// <exception cref="TransportException">It says nothing, or nothing to this process.</exception>
    internal static string[] NamesOf(string? process, string? count, string? names, int ownProcess)
    {
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            throw TransportException.BadParameter(
                "No sockets were handed over to this process (LISTEN_FDS is not set): start it by a socket unit (systemd.socket(5)) or by "
                + "systemd-socket-activate(1), or name an address and a port.");
        }

        if (process != ownProcess.ToString(CultureInfo.InvariantCulture))
        {
            throw TransportException.BadParameter(
                $"The sockets were handed over to process {HostLiteral.Quote(process ?? "?")}, and this one is {ownProcess}: have the service "
                + "manager start the program itself, not a shell or 'dotnet run'.");
        }

        var named = names?.Split(':') ?? [];
        return named.Length == number ? named : [.. Enumerable.Repeat(NoName, number)];
    }

    private static List<Activated> Open()
    {
        if (OperatingSystem.IsWindows())
        {
            throw TransportException.BadParameter("Windows has no service manager that hands over sockets: name an address and a port.");
        }

        var names = NamesOf(
            Environment.GetEnvironmentVariable("LISTEN_PID"),
            Environment.GetEnvironmentVariable("LISTEN_FDS"),
            Environment.GetEnvironmentVariable("LISTEN_FDNAMES"),
            Environment.ProcessId);
        return [.. names.Select((name, i) => new Activated(name, Open(First + i)))];
    }

    private static Socket Open(int handle)
    {
        try
        {
            // FD_CLOEXEC stays as it is, not set: by that .NET knows that others have the socket too, and does not shut it down for them when it
            // closes this handle.
            return new(new SafeSocketHandle(handle, ownsHandle: true));
        }
        catch (SocketException error)
        {
            throw new TransportException(
                TransportErrorKind.BadParameter, $"What was handed over as handle {handle} is no socket that can be used: {error.Message}.", error);
        }
    }

    /// <summary>One of them.</summary>
    internal sealed record Activated(string Name, Socket Socket);
}
