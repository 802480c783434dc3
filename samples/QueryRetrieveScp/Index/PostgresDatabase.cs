using System.Data.Common;
using Npgsql;

namespace Dicom.Net.Samples;

/// <summary>
/// An index in PostgreSQL: any number of programs share it, and the folder of the instances. While the database is away for a moment, it is
/// asked again; for longer, it is an error, and the next call asks again.
/// </summary>
internal sealed class PostgresDatabase : IIndexDatabase
{
    // Of all programs of this kind, whatever the database: one of them makes the tables. Any number that nobody else takes.
    private const long BuildLock = 0x4449_434F_4D;

    // Of all pauses together. Arbitrary: a restarted server is back in a second or two, and peers wait longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);

    private readonly NpgsqlDataSource _source;
    private readonly string _session;
    private readonly ArchiveIdentity _folder;
    private string? _name;

    /// <param name="connection">
    /// Npgsql's connection string. Three nodes with 32 connections each are within the 100 that a server takes by default. The tables have a
    /// schema of their own, unless the string names another by its <c>Search Path</c>.
    /// </param>
    /// <param name="folder">What tells the folder of the instances, which all programs with this index share, from others.</param>
    /// <param name="flushesToDisk">Whether what was added is on the server's disk when <see cref="Change"/> returns.</param>
    /// <exception cref="FormatException">The connection string is none.</exception>
    public PostgresDatabase(string connection, ArchiveIdentity folder, bool flushesToDisk)
    {
        try
        {
            var options = new NpgsqlConnectionStringBuilder(
                $"Maximum Pool Size=32;Timeout=5;Command Timeout=30;Max Auto Prepare=32;Search Path=dicomnet;{connection}");
            if (!flushesToDisk)
            {
                options.Options = $"{options.Options} -c synchronous_commit=off";
            }

            _source = NpgsqlDataSource.Create(options);
            Schema = options.SearchPath!;
            _session = new NpgsqlConnectionStringBuilder(options.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString;
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"--postgres: {error.Message}", error);
        }

        _folder = folder;
    }

    public string IdColumn => "Id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    private string Schema { get; }

    /// <inheritdoc/>
    public void Build(string tables, Action fill, CancellationToken ended) => Attempt(() =>
    {
        // The lock is the session's, and goes with it: if this program dies, the next one has it, and finds an index without a version. It may
        // be long in coming, and who is to end does not wait for it.
        using var connection = new NpgsqlConnection(_session);
        connection.Open();
        using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({BuildLock})", connection);
        command.ExecuteNonQueryAsync(ended).GetAwaiter().GetResult();
        return BuildLocked(connection, tables, fill);
    });

    /// <inheritdoc/>
    public void RequireFolder() => _folder.Require(_name ?? throw new InvalidOperationException("The index is not built."));

    /// <inheritdoc/>
    public List<T> Read<T>(Action<DbCommand> prepare, Func<DbDataReader, T> row) => Attempt(() =>
    {
        using var connection = _source.OpenConnection();
        return connection.Rows(prepare, row);
    });

    /// <inheritdoc/>
    public bool Change(Func<DbConnection, bool> change) => Attempt(() =>
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        if (!change(connection))
        {
            return false;
        }

        try
        {
            transaction.Commit();
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException)
        {
            throw new UncertainChangeException(error);
        }

        return true;
    });

    /// <inheritdoc/>
    public string IsAmong<T>(DbCommand command, string expression, IReadOnlyCollection<T> values)
    {
        var parameter = $"@list{command.Parameters.Count}";
        command.Add(parameter, values.ToArray());
        return $"{expression} = ANY({parameter})";
    }

    public void Dispose() => _source.Dispose();

    /// <summary>
    /// Tries again while that may help: the connection was lost, the server starts, two transactions got in each other's way. What counts is how
    /// long it has paused: on a busy machine an attempt takes its time, and the next one may be the good one all the same.
    /// </summary>
    private static T Attempt<T>(Func<T> work)
    {
        var paused = TimeSpan.Zero;
        for (var pause = FirstPause; ; pause *= 2)
        {
            try
            {
                return work();
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                if (!MayPass(error) || paused + pause > Patience)
                {
                    throw new IOException($"the index: {error.Message}", error);
                }
            }

            Thread.Sleep(pause);
            paused += pause;
        }
    }

    // A foreign key fails where a study that was found empty has been deleted meanwhile.
    private static bool MayPass(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.AdminShutdown } => true,
        PostgresException { SqlState: PostgresErrorCodes.CrashShutdown } => true,
        NpgsqlException { InnerException: TimeoutException } => false, // It has waited for long.
        NpgsqlException failure => failure.IsTransient,
        _ => false,
    };

    private bool BuildLocked(NpgsqlConnection connection, string tables, Action fill)
    {
        connection.Execute($"CREATE SCHEMA IF NOT EXISTS {Schema}; CREATE TABLE IF NOT EXISTS Archive (Version INTEGER, Folder TEXT)");
        var (version, folder) = (connection.Scalar("SELECT Version FROM Archive"), connection.Scalar("SELECT Folder FROM Archive"));
        if (version is not null)
        {
            _name = (string)folder!;
            RequireFolder();
            return version is IndexSchema.Version ? true : throw new IOException(
                $"the index has version {version}, and this program makes {IndexSchema.Version}: when no program uses it any more, DROP "
                + $"SCHEMA {Schema} CASCADE; it is made anew from the files");
        }

        // Of a folder that is no archive's, no index is made: other nodes would be refused by it.
        _name = _folder.FindOrMake();
        connection.Execute($"DROP TABLE IF EXISTS Instance, Series, Study; {tables}");
        fill();
        connection.Scalar("INSERT INTO Archive VALUES (@version, @folder)", [("@version", IndexSchema.Version), ("@folder", _name)]);
        return true;
    }
}
