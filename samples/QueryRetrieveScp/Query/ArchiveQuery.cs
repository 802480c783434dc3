using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Dicom.Net.Samples;

/// <summary>
/// A query as the index takes it: made of an identifier, whatever a peer has put there. Keys of the levels above are taken, too, whether or
/// not relational queries were negotiated (PS3.4 §C.4.1.2.2): the index answers them as easily.
/// </summary>
internal sealed class ArchiveQuery
{
    private readonly List<(IndexedAttribute Attribute, string Key)> _conditions = [];
    private readonly List<IndexedAttribute> _returned = [];
    private readonly bool _isOfPatients;

    private ArchiveQuery(QueryLevel level) => (Level, _isOfPatients) = (level, level == QueryLevel.Patient);

    public QueryLevel Level { get; }

    /// <summary>The attributes that are asked for, and that there are.</summary>
    public IReadOnlyList<IndexedAttribute> Returned => _returned;

    /// <summary>Whether some key is of an attribute that is not in the index: optional ones need not be (PS3.4 §C.2.2.1.3).</summary>
    public bool HasUnsupportedKeys { get; private set; }

    /// <summary>Reads a C-FIND's identifier.</summary>
    /// <param name="identifier">The identifier.</param>
    /// <param name="isPatientRoot">Whether the model begins with patients; the study root's begins with studies.</param>
    /// <exception cref="FormatException">It is no query of this model; the message says why.</exception>
    public static ArchiveQuery ForFind(DicomDataSet identifier, bool isPatientRoot)
    {
        var query = new ArchiveQuery(LevelOf(identifier, isPatientRoot));
        foreach (var element in identifier.Where(element => Identifier.IsKey(element.Tag) && element.Tag != DicomTag.RetrieveAETitle))
        {
            query.Add(identifier, element);
        }

        return query;
    }

    /// <summary>Reads the identifier of a C-MOVE or C-GET: unique keys alone count, and that of the level must be there.</summary>
    /// <inheritdoc cref="ForFind"/>
    public static ArchiveQuery ForRetrieve(DicomDataSet identifier, bool isPatientRoot)
    {
        var query = new ArchiveQuery(LevelOf(identifier, isPatientRoot));
        for (var level = QueryLevel.Patient; level <= query.Level; level++)
        {
            if (identifier.Find(level.UniqueKey()) is { Length: > 0 } element)
            {
                query.Add(identifier, element);
            }
        }

        // No wild card, no universal matching: who wants all must say so (PS3.4 §C.4.2.2.1).
        return query._conditions.Exists(condition => condition.Attribute.Tag == query.Level.UniqueKey())
            && query._conditions.TrueForAll(condition => !KeyMatching.HasWildcard(condition.Attribute.VR, condition.Key))
            ? query
            : throw new FormatException($"{DicomDictionary.GetKeyword(query.Level.UniqueKey())} is required, without wild cards");
    }

    /// <summary>Makes the statement.</summary>
    /// <param name="connection">Where it will run.</param>
    /// <param name="columns">What to select: expressions of ours.</param>
    /// <param name="isGrouped">Whether there is one row for each entity of the level; else one for each of their instances.</param>
    public SqliteCommand Select(SqliteConnection connection, string[] columns, bool isGrouped)
    {
        var command = connection.CreateCommand();
        var where = _conditions.Select((condition, index) => Condition(command, condition.Attribute, condition.Key, $"$key{index}"));

        // Patients are told apart by their ID; without one, a study belongs to nobody that could be named here.
        string[] conditions = ["TRUE", .. where, .. _isOfPatients ? ["Study.PatientID <> ''"] : Array.Empty<string>()];
        command.CommandText = $"""
            SELECT {string.Join(", ", columns.DefaultIfEmpty("1"))}{(_isOfPatients && isGrouped ? ", MAX(Study.Id)" : "")}
            FROM {Tables(isGrouped ? Level : QueryLevel.Image)}
            WHERE {string.Join(" AND ", conditions)}
            {(_isOfPatients && isGrouped ? "GROUP BY Study.PatientID, Study.IssuerOfPatientID" : "")}
            {(isGrouped ? "" : "ORDER BY Series.Id, CAST(Instance.InstanceNumber AS INTEGER)")}
            """;
        return command;
    }

    private static QueryLevel LevelOf(DicomDataSet identifier, bool isPatientRoot)
    {
        var text = Identifier.TextOf(identifier, DicomTag.QueryRetrieveLevel);
        if (!QueryLevels.TryParse(text, out var level))
        {
            throw new FormatException("Query/Retrieve Level is none of PATIENT, STUDY, SERIES, IMAGE");
        }

        return isPatientRoot || level != QueryLevel.Patient
            ? level
            : throw new FormatException("the study root has no level PATIENT");
    }

    private static string Tables(QueryLevel level) => level switch
    {
        QueryLevel.Patient or QueryLevel.Study => "Study",
        QueryLevel.Series => "Series JOIN Study ON Study.Id = Series.StudyId",
        _ => "Instance JOIN Series ON Series.Id = Instance.SeriesId JOIN Study ON Study.Id = Series.StudyId",
    };

    // A value that is sought has an index; the rest is compared row by row, by the same rules as everywhere.
    private static string Condition(SqliteCommand command, IndexedAttribute attribute, string key, string parameter)
    {
        if (attribute.IsSought && !KeyMatching.HasWildcard(attribute.VR, key))
        {
            // One parameter, however long the list: a study has thousands of instances.
            command.Parameters.AddWithValue(parameter, JsonSerializer.Serialize(key.Split('\\', StringSplitOptions.TrimEntries)));
            return $"{attribute.Sql} IN (SELECT value FROM json_each({parameter}))";
        }

        command.Parameters.AddWithValue(parameter, key);
        return $"Matches({(int)attribute.VR}, {parameter}, COALESCE({attribute.Sql}, ''))";
    }

    private void Add(DicomDataSet identifier, DicomElement element)
    {
        if (!IndexSchema.Attributes.TryGetValue(element.Tag, out var attribute) || attribute.Level > Level)
        {
            HasUnsupportedKeys = true;
            return;
        }

        _returned.Add(attribute);
        var key = Identifier.KeyOf(identifier, element);
        if (!KeyMatching.IsUniversal(attribute.VR, key))
        {
            _conditions.Add((attribute, key));
        }
    }
}
