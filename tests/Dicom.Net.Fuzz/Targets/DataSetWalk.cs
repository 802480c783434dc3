using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>Reads all that there is in a data set, in each way that a handler may, and makes one number of it.</summary>
internal sealed class DataSetWalk
{
    private HashCode _hash;

    /// <summary>The number of elements, those of items included.</summary>
    public int Elements { get; private set; }

    /// <summary>The same for the same elements, wherever their bytes lie.</summary>
    public int Hash => _hash.ToHashCode();

    /// <summary>Walks through everything.</summary>
    public static DataSetWalk Of(DicomDataSet dataSet)
    {
        var walk = new DataSetWalk();
        walk.Visit(dataSet, depth: 0);
        return walk;
    }

    private void Visit(DicomDataSet dataSet, int depth)
    {
        FuzzFinding.Unless(depth <= 64, "Sequences nest deeper than the limit.");
        DicomTag? before = null;
        foreach (var element in dataSet)
        {
            FuzzFinding.Unless(before is null || before.Value < element.Tag, $"{element.Tag} follows {before}.");
            before = element.Tag;
            Elements++;
            Visit(dataSet, element, depth);
        }
    }

    private void Visit(DicomDataSet dataSet, DicomElement element, int depth)
    {
        _hash.Add(element.Tag);
        _hash.Add(element.VR);
        _hash.Add(element.Length);
        _hash.AddBytes(element.GetBytes());
        TextTarget.RequirePrintable(element.ToString());
        _hash.Add(dataSet.TryGetString(element.Tag, out var text) ? text : null, StringComparer.Ordinal);
        _hash.Add(dataSet.TryGetInt32(element.Tag, out var number) ? number : 0);
        _hash.Add(dataSet.TryGetUInt16(element.Tag, out var small) ? small : 0);
        _hash.Add(dataSet.TryGetDouble(element.Tag, out var real) ? real : 0);
        if (text is not null)
        {
            _hash.Add(dataSet.GetStrings(element.Tag).Length);
        }

        if (dataSet.TryGetItems(element.Tag, out var items))
        {
            _hash.Add(items.Count);
            foreach (var item in items)
            {
                Visit(item, depth + 1);
            }
        }
    }
}
