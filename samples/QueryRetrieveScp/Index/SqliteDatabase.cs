using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Dicom.Net.Samples;

/// <summary>
/// An index in a file beside the instances. Any number of threads may search while one adds; of programs, one has it until it ends.
/// </summary>
internal sealed class SqliteDatabase : IIndexDatabase
{
    private readonly string _path;
    private readonly string _source;
    private readonly string _synchronous;
    private readonly Lock _writing = new();
    private FileStream? _lock;
    private SqliteConnection? _writer;

    /// <param name="path">The file.</param>
    /// <param name="flushesToDisk">Whether what was added is on the disk when <see cref="Change"/> returns.</param>
    public SqliteDatabase(string path, bool flushesToDisk)
    {
        _path = path;
        _synchronous = flushesToDisk ? "FULL" : "NORMAL";
        _source = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();
    }

    public string IdColumn => "Id INTEGER PRIMARY KEY";

    private SqliteConnection Writer => _writer ?? throw new InvalidOperationException("The index is not built.");

    /// <inheritdoc/>
    public void Build(string tables, Action fill, CancellationToken ended)
    {
        _lock = TakeAlone();
        try
        {
            var isNew = !IsCurrent();
            if (isNew)
            {
                Array.ForEach([_path, $"{_path}-wal", $"{_path}-shm"], File.Delete);
            }

            // Readers do not wait for the writer, nor it for them; and what was acknowledged outlives a power cut, unless that is not wanted.
            _writer = Connect();
            Writer.Execute($"PRAGMA journal_mode = WAL; PRAGMA synchronous = {_synchronous};");
            if (isNew)
            {
                Make(tables, fill);
            }
        }
        catch (Exception error) when (error is SqliteException || error.InnerException is SqliteException)
        {
            throw new IOException($"{_path}: {error.Message} If it is damaged, delete it: it is made anew from the files.", error);
        }
    }

    /// <inheritdoc/>
    public void RequireFolder()
    {
        // The index is in it.
    }

    /// <inheritdoc/>
    public List<T> Read<T>(Action<DbCommand> prepare, Func<DbDataReader, T> row) => Guard(() =>
    {
        using var connection = Connect();
        return connection.Rows(prepare, row);
    });

    /// <inheritdoc/>
    public bool Change(Func<DbConnection, bool> change) => Guard(() =>
    {
        lock (_writing)
        {
            using var transaction = Writer.BeginTransaction();
            if (!change(Writer))
            {
                return false;
            }

            transaction.Commit();
            return true;
        }
    });

    /// <inheritdoc/>
    public string IsAmong<T>(DbCommand command, string expression, IReadOnlyCollection<T> values)
    {
        var parameter = $"@list{command.Parameters.Count}";
        command.Add(parameter, JsonSerializer.Serialize(values));
        return $"{expression} IN (SELECT value FROM json_each({parameter}))";
    }

    public void Dispose()
    {
        if (_lock is null)
        {
            return;
        }

        // The pool would keep the file open when it is somebody else's.
        _writer?.Dispose();
        using (var pooled = new SqliteConnection(_source))
        {
            SqliteConnection.ClearPool(pooled);
        }

        _lock.Dispose();
    }

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw new IOException($"the index: {error.Message}", error);
        }
    }

    /// <summary>
    /// Takes the archive for this process. A second program would find an index that is being made of no use, and delete it; and it would save
    /// its files under the names that this one has looked at and found free. The file stays: whoever deleted it would leave two programs with
    /// a lock each.
    /// </summary>
    private FileStream TakeAlone()
    {
        try
        {
            return new FileStream($"{_path}-lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException(
                $"{error.Message} Does another program have this archive? Several may share one whose index is in PostgreSQL.", error);
        }
    }

    // The version says that the index is whole, so that it must not be on the disk before all the rest is. Until then a commit need not wait.
    private void Make(string tables, Action fill)
    {
        Writer.Execute($"PRAGMA synchronous = NORMAL; {tables}");
        fill();
        if (Writer.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") is not 0L)
        {
            throw new IOException($"{_path} is used by another program.");
        }

        Writer.Execute($"PRAGMA synchronous = {_synchronous}; PRAGMA user_version = {IndexSchema.Version};");
    }

    private bool IsCurrent()
    {
        if (!File.Exists(_path))
        {
            return false;
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false }.ToString());
        connection.Open();
        return connection.Scalar("PRAGMA user_version") is long version && version == IndexSchema.Version;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_source);
        connection.Open();
        return connection;
    }
}
