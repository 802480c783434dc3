using System.CommandLine.Parsing;
using System.Globalization;

namespace Dicom.Net.Samples;

/// <summary>A whole number within bounds. One that is beyond them is told when the program starts, and not when it is first needed.</summary>
internal static class WholeNumber
{
    // Every timer of .NET holds int.MaxValue milliseconds.
    private const int LongestTime = int.MaxValue / 1000;

    /// <summary>Reads the one value of an option that counts something, or says what is wrong with it.</summary>
    public static int Count(ArgumentResult result) => Parse(result, 0, int.MaxValue);

    /// <summary>Reads one that counts something of which there has to be some.</summary>
    public static int CountFromOne(ArgumentResult result) => Parse(result, 1, int.MaxValue);

    /// <summary>Reads one that is a time in seconds: up to 24 days.</summary>
    public static int Seconds(ArgumentResult result) => Parse(result, 0, LongestTime);

    /// <summary>Reads one that is a port, or 0 for the first free one.</summary>
    public static int Port(ArgumentResult result) => Parse(result, 0, ushort.MaxValue);

    private static int Parse(ArgumentResult result, int least, int most)
    {
        var text = result.Tokens.Single().Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
        {
            result.AddError($"'{text}' is no whole number from {least} to {most}.");
        }

        return number;
    }
}
