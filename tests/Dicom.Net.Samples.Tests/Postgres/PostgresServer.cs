using System.Diagnostics;
using System.Globalization;

namespace Dicom.Net.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of our own: in a folder that goes with it, on a socket in that folder, and on no address. It must not be root's, so
/// that as root it is run as the user of Debian's package. It does not outlive this process.
/// </summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";

    // A busy machine takes seconds. Arbitrary.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly string _programs;
    private readonly DirectoryInfo _folder;
    private Process? _server;

    private PostgresServer(string programs, DirectoryInfo folder) => (_programs, _folder) = (programs, folder);

    /// <summary>Npgsql's connection string, which more may be added to.</summary>
    public string Connection => $"Host={_folder.FullName};Username={User};Database=postgres";

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Where the newest installed server's programs are; null: none is installed.</summary>
    public static string? Programs()
    {
        const string packages = "/usr/lib/postgresql";
        return Directory.Exists(packages)
            ? Directory.GetDirectories(packages).Where(HasServer).MaxBy(Version) is { } newest ? Path.Combine(newest, "bin") : null
            : null;
    }

    /// <summary>Makes a database and starts the server.</summary>
    public static async Task<PostgresServer> StartAsync(string programs)
    {
        var server = new PostgresServer(programs, Directory.CreateTempSubdirectory("dicomnet-postgres-"));
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", $"{User}:", server._folder.FullName);
            }

            await RunAsync(server.Command("initdb", "-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"));
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again, after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync()
    {
        // Nothing here need outlive the power.
        _server = Start(Command(
            "postgres", "-D", Data, "-k", _folder.FullName, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "log_min_messages=fatal"));
        var start = Stopwatch.GetTimestamp();
        while (!await SucceedsAsync("pg_isready", "-q", "-h", _folder.FullName))
        {
            if (_server.HasExited || Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new InvalidOperationException("PostgreSQL does not start.");
            }

            await Task.Delay(PollInterval);
        }
    }

    /// <summary>Ends it as an operator in a hurry does: connections are cut, what was committed is kept (SIGINT, "fast").</summary>
    public async Task StopAsync()
    {
        if (_server is { HasExited: false })
        {
            await RunAsync("kill", "-INT", _server.Id.ToString(CultureInfo.InvariantCulture));
            await _server.WaitForExitAsync().WaitAsync(Patience);
        }

        _server?.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private static bool HasServer(string version) => File.Exists(Path.Combine(version, "bin", "initdb"));

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), NumberStyles.None, null, out var number) ? number : 0;

    // The signal that the server gets when this process dies, however it dies, is that of StopAsync.
    private string[] Command(string program, params string[] arguments)
    {
        string[] user = Environment.IsPrivilegedProcess ? ["--reuid", User, "--regid", User, "--clear-groups"] : [];
        return ["setpriv", .. user, "--pdeathsig", "INT", Path.Combine(_programs, program), .. arguments];
    }

    private static Process Start(params string[] command)
    {
        var process = new Process
        {
            StartInfo = new(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            },
        };
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task RunAsync(params string[] command)
    {
        if (!await SucceedsAsync(command))
        {
            throw new InvalidOperationException($"`{string.Join(' ', command)}` has failed.");
        }
    }

    private static async Task<bool> SucceedsAsync(params string[] command)
    {
        using var process = Start(command);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0;
    }
}
