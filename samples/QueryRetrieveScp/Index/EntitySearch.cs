using System.Data.Common;

namespace Dicom.Net.Samples;

/// <summary>
/// A C-FIND's search, in pages: while the peer takes its matches, however slowly, no connection is held. What the index cannot compare is
/// compared here, row by row, by the same rules as everywhere; of what matches the rest is read.
/// </summary>
internal sealed class EntitySearch(IIndexDatabase database, ArchiveQuery query)
{
    // Arbitrary: so many rows are in memory.
    private const int PageSize = 500;

    private readonly QueryCondition[] _compared = [.. query.Conditions.Where(condition => !condition.IsSought)];
    private readonly string _id = $"{query.Level.Table()}.Id";

    /// <summary>The values of what is returned, of each entity that matches.</summary>
    public IEnumerable<string[]> Run()
    {
        var entities = query.IsOfPatients ? LastOfEachPatient(Matching()) : Matching();
        return entities.Select(entity => entity.Id).Chunk(PageSize).SelectMany(Values);
    }

    // Patients are told apart by their ID; they are described as the study that was added last describes them.
    private static IEnumerable<Entity> LastOfEachPatient(IEnumerable<Entity> ordered)
    {
        Entity? last = null;
        foreach (var entity in ordered)
        {
            if (last is not null && last.Value.Patient != entity.Patient)
            {
                yield return last.Value;
            }

            last = entity;
        }

        if (last is not null)
        {
            yield return last.Value;
        }
    }

    private IEnumerable<Entity> Matching()
    {
        Entity? after = null;
        while (true)
        {
            var page = database.Read(command => Select(command, after), row => (Entity: EntityAt(row), IsMatch: IsMatch(row)));
            foreach (var (entity, _) in page.Where(row => row.IsMatch))
            {
                yield return entity;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            after = page[^1].Entity;
        }
    }

    private void Select(DbCommand command, Entity? after)
    {
        string[] order = query.IsOfPatients ? ["Study.PatientID", "Study.IssuerOfPatientID", _id] : [_id];
        string[] columns = [_id, "Study.PatientID", "Study.IssuerOfPatientID", .. _compared.Select(condition => condition.Attribute.Sql)];
        command.CommandText = $"""
            SELECT {string.Join(", ", columns)} FROM {query.Level.Tables()}
            WHERE {query.Where(command, database)}{(after is null ? "" : $" AND ({string.Join(", ", order)}) > {After(command, after.Value)}")}
            ORDER BY {string.Join(", ", order)} LIMIT {PageSize}
            """;
    }

    private string After(DbCommand command, Entity after)
    {
        command.Add("@id", after.Id);
        if (!query.IsOfPatients)
        {
            return "(@id)";
        }

        command.Add("@patient", after.Patient.ID);
        command.Add("@issuer", after.Patient.Issuer);
        return "(@patient, @issuer, @id)";
    }

    private static Entity EntityAt(DbDataReader row) => new(row.GetInt64(0), (row.TextAt(1), row.TextAt(2)));

    private bool IsMatch(DbDataReader row)
    {
        const int first = 3;
        return !_compared.Where((condition, index) => !condition.Matches(row.TextAt(first + index))).Any();
    }

    /// <returns>The values of some entities; one that is gone meanwhile is left out.</returns>
    private IEnumerable<string[]> Values(long[] ids)
    {
        string[] columns = [_id, .. query.Returned.Select(attribute => attribute.Sql)];
        var rows = database.Read(
            command => command.CommandText = $"""
                SELECT {string.Join(", ", columns)} FROM {query.Level.Tables()} WHERE {database.IsAmong(command, _id, ids)}
                """,
            row => (Id: row.GetInt64(0), Values: Enumerable.Range(1, query.Returned.Count).Select(row.TextAt).ToArray()));
        var byId = rows.ToDictionary(row => row.Id, row => row.Values);
        return ids.Where(byId.ContainsKey).Select(id => byId[id]);
    }

    private readonly record struct Entity(long Id, (string ID, string Issuer) Patient);
}
