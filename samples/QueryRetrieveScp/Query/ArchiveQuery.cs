using System.Data.Common;

namespace Dicom.Net.Samples;

/// <summary>
/// A query as the index takes it: made of an identifier, whatever a peer has put there. Keys of the levels above are taken, too, whether or
/// not relational queries were negotiated (PS3.4 §C.4.1.2.2): the index answers them as easily, and many peers ask without having negotiated.
/// </summary>
internal sealed class ArchiveQuery
{
    private readonly List<QueryCondition> _conditions = [];
    private readonly List<IndexedAttribute> _returned = [];

    private ArchiveQuery(QueryLevel level) => Level = level;

    public QueryLevel Level { get; }

    /// <summary>Whether what is asked for are patients, of which there may be several studies.</summary>
    public bool IsOfPatients => Level == QueryLevel.Patient;

    /// <summary>What an entity must fulfil.</summary>
    public IReadOnlyList<QueryCondition> Conditions => _conditions;

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
            && query._conditions.TrueForAll(condition => condition.IsSought)
            ? query
            : throw new FormatException($"{DicomDictionary.GetKeyword(query.Level.UniqueKey())} is required, without wild cards");
    }

    /// <summary>The conditions that the index can look for by itself; the others are to be compared.</summary>
    public string Where(DbCommand command, IIndexDatabase database)
    {
        var sought = _conditions.Where(condition => condition.IsSought)
            .Select(condition => database.IsAmong(command, condition.Attribute.Sql, condition.Values));

        // Patients are told apart by their ID; without one, a study belongs to nobody that could be named here.
        return string.Join(" AND ", ["TRUE", .. sought, .. IsOfPatients ? ["Study.PatientID <> ''"] : Array.Empty<string>()]);
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
            _conditions.Add(new(attribute, key));
        }
    }
}
