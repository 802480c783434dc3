using System.Data.Common;

namespace Dicom.Net.Samples;

/// <summary>
/// What is in the archive. Values of peers come into the database as parameters alone. Any number of threads may search and add, and of
/// other programs, where the database takes them.
/// </summary>
internal sealed class ArchiveIndex(IIndexDatabase database) : IDisposable
{
    /// <summary>Makes the index, unless it is there.</summary>
    /// <param name="fill">Adds what is in the archive already.</param>
    /// <param name="ended">When to give up waiting for another program that makes it.</param>
    /// <exception cref="IOException">It can be neither opened nor made.</exception>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public void Build(Action fill, CancellationToken ended) => database.Build(IndexSchema.Tables(database.IdColumn), fill, ended);

    /// <inheritdoc cref="IIndexDatabase.RequireFolder"/>
    public void RequireFolder() => database.RequireFolder();

    /// <summary>
    /// Adds an instance, unless another one of its UID has come there meanwhile. One that it replaces goes; and with the last one of a series
    /// or study, so does that.
    /// </summary>
    /// <param name="instance">The instance.</param>
    /// <param name="replaced">What the index was seen to have for its UID.</param>
    /// <returns>False: all is as it was, and that is no more what the index was seen to have.</returns>
    /// <exception cref="UncertainChangeException">It is there or not.</exception>
    /// <exception cref="IOException">All is as before: the disk is full, or the index is damaged or cannot be reached.</exception>
    public bool TryPut(IndexedInstance instance, StoredInstance? replaced) =>
        database.Change(connection => TryPut(connection, instance, replaced));

    /// <summary>Adds instances in one transaction, while nobody else does. Each replaces what there is of its UID.</summary>
    /// <exception cref="IOException">They cannot be added.</exception>
    public void PutAll(IReadOnlyCollection<IndexedInstance> instances) => database.Change(connection =>
    {
        foreach (var instance in instances)
        {
            var replaced = connection.Rows(command => SelectByUid(command, instance.Uid), InstanceAt).SingleOrDefault();
            if (!TryPut(connection, instance, replaced))
            {
                throw new IOException($"the index has changed while it was made, and does not take {instance.Uid}");
            }
        }

        return true;
    });

    /// <summary>The entities that a query asks for, one after the other: as many as there are, never all of them in memory.</summary>
    /// <returns>For each, the values of the query's <see cref="ArchiveQuery.Returned"/>, in their order.</returns>
    public IEnumerable<string[]> Find(ArchiveQuery query) => new EntitySearch(database, query).Run();

    /// <summary>The instances of the entities that a query asks for.</summary>
    public List<StoredInstance> Instances(ArchiveQuery query) => database.Read(
        command => command.CommandText = $"""
            {SelectInstance} FROM {QueryLevel.Image.Tables()} WHERE {query.Where(command, database)}
            ORDER BY Series.Id, LENGTH(Instance.InstanceNumber), Instance.InstanceNumber
            """,
        InstanceAt);

    /// <summary>The instance of a UID.</summary>
    public StoredInstance? Find(string sopInstance) =>
        database.Read(command => SelectByUid(command, sopInstance), InstanceAt).SingleOrDefault();

    public void Dispose() => database.Dispose();

    private const string SelectInstance =
        "SELECT Instance.SOPClassUID, Instance.SOPInstanceUID, Instance.TransferSyntax, Instance.File";

    private static void SelectByUid(DbCommand command, string sopInstance)
    {
        command.CommandText = $"{SelectInstance} FROM Instance WHERE SOPInstanceUID = @uid";
        command.Add("@uid", IndexText.Of(sopInstance));
    }

    private static StoredInstance InstanceAt(DbDataReader row) => new(row.TextAt(0), row.TextAt(1), row.TextAt(2), row.TextAt(3));

    private static bool TryPut(DbConnection connection, IndexedInstance instance, StoredInstance? replaced)
    {
        if (replaced is not null && !TryRemove(connection, replaced))
        {
            return false;
        }

        var studyId = FindOrInsert(connection, "Study", [Only(instance.Study, "StudyInstanceUID")], instance.Study);
        (string, object)[] ofStudy = [("StudyId", studyId)];
        var seriesId = FindOrInsert(
            connection, "Series", [.. ofStudy, Only(instance.Series, "SeriesInstanceUID")], [.. ofStudy, .. instance.Series]);
        return TryInsert(connection, "Instance", [("SeriesId", seriesId), .. instance.Instance]) is not null;
    }

    private static (string Column, object Value) Only((string Column, object Value)[] values, string column) =>
        values.Single(value => value.Column == column);

    /// <returns>False: it is not there any more.</returns>
    private static bool TryRemove(DbConnection connection, StoredInstance instance)
    {
        var series = connection.Scalar(
            "DELETE FROM Instance WHERE SOPInstanceUID = @uid AND File = @file RETURNING SeriesId",
            [("@uid", IndexText.Of(instance.Instance)), ("@file", instance.Path)]);
        if (series is not null)
        {
            var study = connection.Scalar(
                "DELETE FROM Series WHERE Id = @id AND NOT EXISTS (SELECT 1 FROM Instance WHERE SeriesId = @id) RETURNING StudyId",
                [("@id", series)]);
            _ = study is null ? null : connection.Scalar(
                "DELETE FROM Study WHERE Id = @id AND NOT EXISTS (SELECT 1 FROM Series WHERE StudyId = @id)", [("@id", study)]);
        }

        return series is not null;
    }

    // What the first instance of a study or series said of it stays. Somebody else may be adding the same one: it is there when he has
    // committed, and goes if he gives up.
    private static long FindOrInsert(
        DbConnection connection, string table, (string Column, object Value)[] key, (string Column, object Value)[] values)
    {
        while (true)
        {
            var where = string.Join(" AND ", key.Select(value => $"{value.Column} = @{value.Column}"));
            var found = connection.Scalar($"SELECT Id FROM {table} WHERE {where}", key.Select(value => ($"@{value.Column}", value.Value)));
            if ((found ?? TryInsert(connection, table, values)) is long id)
            {
                return id;
            }
        }
    }

    /// <returns>The row's id; null if there is one with the same key.</returns>
    private static object? TryInsert(DbConnection connection, string table, (string Column, object Value)[] values)
    {
        var columns = string.Join(", ", values.Select(value => value.Column));
        var parameters = string.Join(", ", values.Select(value => $"@{value.Column}"));
        return connection.Scalar(
            $"INSERT INTO {table} ({columns}) VALUES ({parameters}) ON CONFLICT DO NOTHING RETURNING Id",
            values.Select(value => ($"@{value.Column}", value.Value)));
    }
}
