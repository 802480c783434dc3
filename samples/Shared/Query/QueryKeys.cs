using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Dicom.Net.Samples;

/// <summary>The identifier of a query, as a person writes it on the command line.</summary>
internal sealed class QueryKeys
{
    private readonly Option<string[]> _keys = new("--match", "-k")
    {
        Description = "KEY=VALUE or KEY, of keywords or tags: PatientName=DOE*, 0008,0060=CT, StudyDate; within a sequence, "
            + "ScheduledProcedureStepSequence.Modality=CT. Repeatable.",
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command) => command.Add(_keys);

    /// <summary>Makes the identifier.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="level">Query/Retrieve Level (0008,0052); null for none.</param>
    /// <exception cref="FormatException">A key is not one; the message says which.</exception>
    public DicomDataSet Identifier(ParseResult arguments, string? level)
    {
        var keys = arguments.GetRequiredValue(_keys);
        var identifier = new DicomDataSet();
        if (!keys.All(key => Ascii.IsValid(key)))
        {
            identifier.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        }

        if (level is not null)
        {
            identifier.Set(DicomTag.QueryRetrieveLevel, level);
        }

        foreach (var key in keys)
        {
            var (path, value) = key.Split('=', 2) is [var left, var right] ? (left, right) : (key, "");
            Set(identifier, path.Split('.'), value, key);
        }

        return identifier;
    }

    private static void Set(DicomDataSet dataSet, ReadOnlySpan<string> path, string value, string key)
    {
        var tag = TagOf(path[0].Trim(), key);
        try
        {
            if (path.Length > 1)
            {
                Set(ItemOf(dataSet, tag), path[1..], value, key);
            }
            else if (DicomDictionary.GetVR(tag) == DicomVR.SQ)
            {
                dataSet.SetItems(tag);
            }
            else
            {
                dataSet.Set(tag, value);
            }
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"--match {key}: {error.Message}", error);
        }
    }

    // Keys of one sequence are keys of one item (PS3.4 §C.2.2.2.6).
    private static DicomDataSet ItemOf(DicomDataSet dataSet, DicomTag tag)
    {
        if (dataSet.TryGetItems(tag, out var items) && items.Count > 0)
        {
            return items[0];
        }

        var item = new DicomDataSet();
        dataSet.SetItems(tag, item);
        return item;
    }

    private static DicomTag TagOf(string name, string key)
    {
        if (DicomDictionary.TryGetTag(name, out var tag))
        {
            return tag;
        }

        var digits = name.Replace(",", "", StringComparison.Ordinal).Trim('(', ')');
        return digits.Length == 8 && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? new((ushort)(number >> 16), (ushort)number)
            : throw new FormatException($"--match {key}: {name} is neither a keyword of PS3.6 nor a tag.");
    }
}
