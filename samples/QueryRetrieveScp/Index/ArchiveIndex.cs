using Microsoft.Data.Sqlite;

namespace Dicom.Net.Samples;

/// <summary>
/// What is in the archive: a SQLite database beside the files. Values of peers come into it as parameters alone. Any number of threads may
/// search while one adds.
/// </summary>
internal sealed class ArchiveIndex : IDisposable
{
    // Arbitrary: no attribute that is indexed is longer; a peer may still send one.
    private const int MaximumValueLength = 1024;

    private readonly string _source;
    private readonly SqliteConnection _writer;
    private readonly string _synchronous;
    private readonly Lock _writing = new();

    private ArchiveIndex(string path, bool flushesToDisk, bool isNew)
    {
        _synchronous = flushesToDisk ? "FULL" : "NORMAL";
        _source = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ToString();
        _writer = Connect();

        // Readers do not wait for the writer, nor it for them; and what was acknowledged outlives a power cut, unless that is not wanted.
        Execute($"PRAGMA journal_mode = WAL; PRAGMA synchronous = {_synchronous};");
        if (isNew)
        {
            Execute(IndexSchema.Create);
        }
    }

    /// <summary>Opens the index of a folder, or makes one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="flushesToDisk">Whether what was added is on the disk when <see cref="Put"/> returns.</param>
    /// <param name="isNew">Whether it is empty, since there was none, or one of another version.</param>
    /// <exception cref="SqliteException">It can be neither opened nor made.</exception>
    public static ArchiveIndex Open(string path, bool flushesToDisk, out bool isNew)
    {
        isNew = !IsCurrent(path);
        if (isNew)
        {
            File.Delete(path);
            File.Delete($"{path}-wal");
            File.Delete($"{path}-shm");
        }

        return new(path, flushesToDisk, isNew);
    }

    /// <summary>Adds an instance. If there is one of its UID, that goes; and with the last one of a series or study, so does that.</summary>
    /// <param name="dataSet">The instance.</param>
    /// <param name="file">Its file.</param>
    /// <exception cref="SqliteException">All is as before: the disk is full, or the index is damaged.</exception>
    /// <exception cref="DataSetException">The data set is malformed.</exception>
    public void Put(DicomDataSet dataSet, string file)
    {
        lock (_writing)
        {
            using var transaction = _writer.BeginTransaction();
            Remove(Identifier.TextOf(dataSet, DicomTag.SOPInstanceUID));
            var study = Insert("Study", [.. IndexSchema.PatientColumns, .. IndexSchema.StudyColumns], dataSet, "StudyInstanceUID", []);
            var series = Insert("Series", IndexSchema.SeriesColumns, dataSet, "StudyId, SeriesInstanceUID", [("StudyId", study)]);
            Insert(
                "Instance", IndexSchema.InstanceColumns, dataSet, "SOPInstanceUID",
                [("SeriesId", series), ("TransferSyntax", dataSet.TransferSyntax), ("File", file)]);
            transaction.Commit();
        }
    }

    /// <summary>Fills a new index. If that is interrupted, the next start finds it unfinished, and begins anew.</summary>
    public void Fill(Action add)
    {
        Execute("PRAGMA synchronous = OFF;");
        add();
        Execute($"PRAGMA synchronous = {_synchronous}; PRAGMA user_version = {IndexSchema.Version};");
    }

    /// <summary>The entities that a query asks for, one after the other: as many as there are, never all of them in memory.</summary>
    /// <returns>For each, the values of the query's <see cref="ArchiveQuery.Returned"/>, in their order.</returns>
    public IEnumerable<string[]> Find(ArchiveQuery query)
    {
        using var connection = Connect();
        using var command = query.Select(connection, [.. query.Returned.Select(attribute => attribute.Sql)], isGrouped: true);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return [.. Enumerable.Range(0, query.Returned.Count).Select(column => TextAt(reader, column))];
        }
    }

    /// <summary>The instances of the entities that a query asks for.</summary>
    public List<StoredInstance> Instances(ArchiveQuery query)
    {
        using var connection = Connect();
        using var command = query.Select(
            connection, ["Instance.SOPClassUID", "Instance.SOPInstanceUID", "Instance.TransferSyntax", "Instance.File"], isGrouped: false);
        return Read(command);
    }

    /// <summary>The instance of a UID.</summary>
    public StoredInstance? Find(string sopInstance)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT SOPClassUID, SOPInstanceUID, TransferSyntax, File FROM Instance WHERE SOPInstanceUID = $uid";
        command.Parameters.AddWithValue("$uid", sopInstance);
        return Read(command).SingleOrDefault();
    }

    public void Dispose() => _writer.Dispose();

    private static bool IsCurrent(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return command.ExecuteScalar() is long version && version == IndexSchema.Version;
    }

    private static List<StoredInstance> Read(SqliteCommand command)
    {
        var instances = new List<StoredInstance>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            instances.Add(new(TextAt(reader, 0), TextAt(reader, 1), TextAt(reader, 2), TextAt(reader, 3)));
        }

        return instances;
    }

    private static string TextAt(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? "" : reader.GetString(column);

    private void Remove(string sopInstance)
    {
        using var command = _writer.CreateCommand();
        command.CommandText = "DELETE FROM Instance WHERE SOPInstanceUID = $uid";
        command.Parameters.AddWithValue("$uid", Clip(sopInstance));
        if (command.ExecuteNonQuery() > 0)
        {
            Execute("""
                DELETE FROM Series WHERE NOT EXISTS (SELECT 1 FROM Instance WHERE SeriesId = Series.Id);
                DELETE FROM Study WHERE NOT EXISTS (SELECT 1 FROM Series WHERE StudyId = Study.Id);
                """);
        }
    }

    /// <returns>The row's id.</returns>
    private object? Insert(
        string table, string[] keywords, DicomDataSet dataSet, string unique, (string Column, object? Value)[] others)
    {
        using var command = _writer.CreateCommand();
        foreach (var (column, value) in others)
        {
            command.Parameters.AddWithValue($"${column}", value);
        }

        foreach (var keyword in keywords)
        {
            DicomDictionary.TryGetTag(keyword, out var tag);
            command.Parameters.AddWithValue($"${keyword}", Clip(Identifier.TextOf(dataSet, tag)));
        }

        // Of a study or series that is there the id is wanted, too: an update that changes nothing returns it.
        string[] columns = [.. others.Select(other => other.Column), .. keywords];
        command.CommandText = $"""
            INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => $"${column}"))})
            ON CONFLICT ({unique}) DO UPDATE SET {keywords[^1]} = {keywords[^1]} RETURNING Id
            """;
        return command.ExecuteScalar();
    }

    private static string Clip(string value) => value.Length <= MaximumValueLength ? value : value[..MaximumValueLength];

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_source);
        connection.Open();
        connection.CreateFunction(
            "Matches", (long vr, string key, string value) => KeyMatching.Matches((DicomVR)vr, key, value), isDeterministic: true);
        return connection;
    }

    private void Execute(string sql)
    {
        using var command = _writer.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
