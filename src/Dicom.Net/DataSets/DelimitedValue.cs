namespace Dicom.Net.DataSets;

/// <summary>
/// Finds the end of a value of undefined length by walking over what it contains (PS3.5 §7.5, Annex A.4). The walk keeps its own
/// stack, of bounded depth: a peer decides how deep sequences nest, but not how deep we call.
/// </summary>
internal static class DelimitedValue
{
    /// <summary>Measures a value.</summary>
    /// <param name="window">The bytes.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="outermost">What it is.</param>
    /// <param name="depth">How deep the data set that contains it is nested already.</param>
    /// <param name="limits">How deep it may be.</param>
    /// <returns>Where the delimitation item begins, and where it ends.</returns>
    public static (long ValueEnd, long End) Measure(ByteWindow window, long start, DelimitedLevel outermost, int depth, DataSetLimits limits)
    {
        Stack<DelimitedLevel> open = new();
        open.Push(outermost);
        long offset = start;
        while (true)
        {
            ElementHeader header = ElementHeader.Read(window, offset, open.Peek().Syntax);
            long next = offset + header.Size;
            if (header.Tag == open.Peek().Delimiter)
            {
                // A delimitation item's length shall be zero (PS3.5 Table 7.5-3); what it says instead is ignored.
                open.Pop();
                if (open.Count == 0)
                {
                    return (offset, next);
                }
            }
            else if (open.Peek().Opens(header, offset) is { } inner)
            {
                open.Push(inner);
                CheckDepth(depth + (open.Count / 2), offset, limits);
            }
            else
            {
                CheckFits(header, next, window.Length);
                next += header.Length;
            }

            offset = next;
        }
    }

    /// <summary>Says no to a length that goes beyond what there is, before anybody reserves memory for it.</summary>
    public static void CheckFits(in ElementHeader header, long valueStart, long end)
    {
        if (header.Length > end - valueStart)
        {
            throw new DataSetException(
                $"{DicomDictionary.Describe(header.Tag)} at offset {valueStart - header.Size} claims {header.Length} bytes; "
                + $"{end - valueStart} are left.");
        }
    }

    public static void CheckDepth(int depth, long offset, DataSetLimits limits)
    {
        if (depth > limits.MaximumDepth)
        {
            throw new DataSetException($"Sequences nest deeper than {limits.MaximumDepth} at offset {offset}.");
        }
    }
}
