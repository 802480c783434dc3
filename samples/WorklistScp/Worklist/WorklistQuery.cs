namespace Dicom.Net.Samples;

/// <summary>
/// A query by matching data sets themselves: every attribute may be a key and is returned, sequences included (PS3.4 §C.2.2.2.6, §K.2).
/// </summary>
internal static class WorklistQuery
{
    /// <summary>Refuses an identifier that cannot be matched.</summary>
    /// <exception cref="FormatException">A key is of no form that its VR has.</exception>
    public static void Validate(DicomDataSet keys)
    {
        foreach (var element in keys.Where(element => Identifier.IsKey(element.Tag)))
        {
            if (!keys.TryGetItems(element.Tag, out var items))
            {
                Identifier.KeyOf(keys, element);
                continue;
            }

            if (DicomDictionary.GetVR(element.Tag) is not (DicomVR.SQ or DicomVR.UN))
            {
                throw new FormatException($"the key {element.Tag} is no sequence");
            }

            if (items.Count > 1)
            {
                throw new FormatException($"the key {element.Tag} has more than one item");
            }

            items.ToList().ForEach(Validate);
        }
    }

    /// <summary>Whether a data set matches all keys.</summary>
    public static bool Matches(DicomDataSet keys, DicomDataSet candidate) => StartPeriod.Of(keys) is { } period
        ? period.Contains(candidate) && Matches(keys, candidate, element => !StartPeriod.Covers(element.Tag))
        : Matches(keys, candidate, _ => true);

    /// <summary>Makes the identifier of a response: of each key, what the data set has; empty where it has nothing.</summary>
    public static DicomDataSet Answer(DicomDataSet keys, DicomDataSet candidate)
    {
        var answer = new DicomDataSet(candidate.TransferSyntax);
        if (candidate.Find(DicomTag.SpecificCharacterSet) is { } characterSet)
        {
            DataSetCopy.CopyTo(answer, candidate, characterSet);
        }

        foreach (var key in keys.Where(element => Identifier.IsKey(element.Tag)))
        {
            Return(answer, keys, key, candidate);
        }

        return answer;
    }

    private static bool Matches(DicomDataSet keys, DicomDataSet candidate, Func<DicomElement, bool> isAsked) =>
        keys.Where(element => Identifier.IsKey(element.Tag) && isAsked(element)).All(element => Matches(keys, element, candidate));

    private static bool Matches(DicomDataSet keys, DicomElement key, DicomDataSet candidate)
    {
        if (keys.TryGetItems(key.Tag, out var items))
        {
            return items is not [var wanted, ..]
                || IsUniversal(wanted)
                || (candidate.TryGetItems(key.Tag, out var offered) && offered.Any(item => Matches(wanted, item)));
        }

        return KeyMatching.Matches(Identifier.VROf(key), Identifier.TextOf(keys, key.Tag), Identifier.TextOf(candidate, key.Tag));
    }

    private static bool IsUniversal(DicomDataSet keys) => keys.Where(element => Identifier.IsKey(element.Tag)).All(element =>
        keys.TryGetItems(element.Tag, out var items)
            ? items.All(IsUniversal)
            : KeyMatching.IsUniversal(Identifier.VROf(element), Identifier.TextOf(keys, element.Tag)));

    private static void Return(DicomDataSet answer, DicomDataSet keys, DicomElement key, DicomDataSet candidate)
    {
        if (candidate.Find(key.Tag) is not { } element)
        {
            ReturnNothing(answer, keys, key);
        }
        else if (keys.TryGetItems(key.Tag, out var wanted) && wanted is [{ Count: > 0 } item]
            && candidate.TryGetItems(key.Tag, out var offered))
        {
            answer.SetItems(key.Tag, offered.Where(one => Matches(item, one)).Select(one => Answer(item, one)));
        }
        else
        {
            DataSetCopy.CopyTo(answer, candidate, element);
        }
    }

    private static void ReturnNothing(DicomDataSet answer, DicomDataSet keys, DicomElement key)
    {
        if (keys.TryGetItems(key.Tag, out _))
        {
            answer.SetItems(key.Tag);
        }
        else
        {
            answer.SetBytes(key.Tag, Identifier.VROf(key), []);
        }
    }
}
