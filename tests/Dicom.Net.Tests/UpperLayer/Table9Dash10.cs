namespace Dicom.Net.Tests.UpperLayer;

/// <summary>
/// A second transcription of PS3.8 Table 9-10 in another form than the library's grid: for each event, each action with the states whose
/// cells it fills. Cells that are not named are blank.
/// </summary>
internal static class Table9Dash10
{
    private static readonly string[] Rows =
    [
        "AE-1 in 1",
        "AE-2 in 4",
        "AA-1 in 2; AA-8 in 3 6 7 8 9 10 11 12; AE-3 in 5; AA-6 in 13",
        "AA-1 in 2; AA-8 in 3 6 7 8 9 10 11 12; AE-4 in 5; AA-6 in 13",
        "AE-5 in 1",
        "AE-6 in 2; AA-8 in 3 5 6 7 8 9 10 11 12; AA-7 in 13",
        "AE-7 in 3",
        "AE-8 in 3",
        "DT-1 in 6; AR-7 in 8",
        "AA-1 in 2; AA-8 in 3 5 8 9 10 11 12; DT-2 in 6; AR-6 in 7; AA-6 in 13",
        "AR-1 in 6",
        "AA-1 in 2; AA-8 in 3 5 8 9 10 11 12; AR-2 in 6; AR-8 in 7; AA-6 in 13",
        "AA-1 in 2; AA-8 in 3 5 6 8 9 12; AR-3 in 7 11; AR-10 in 10; AA-6 in 13",
        "AR-4 in 8 12; AR-9 in 9",
        "AA-1 in 3 5 6 7 8 9 10 11 12; AA-2 in 4",
        "AA-2 in 2 13; AA-3 in 3 5 6 7 8 9 10 11 12",
        "AA-5 in 2; AA-4 in 3 4 5 6 7 8 9 10 11 12; AR-5 in 13",
        "AA-2 in 2 13",
        "AA-1 in 2; AA-8 in 3 5 6 7 8 9 10 11 12; AA-7 in 13",
    ];

    /// <summary>The action's name without its hyphen, or "None".</summary>
    public static string ActionOf(int evt, int state)
    {
        foreach (var entry in Rows[evt - 1].Split("; "))
        {
            var (action, states) = (entry.Split(" in ")[0], entry.Split(" in ")[1].Split(' '));
            if (states.Contains($"{state}"))
            {
                return action.Replace("-", "", StringComparison.Ordinal);
            }
        }

        return "None";
    }

    /// <summary>The number of a state that each action leads to, or -1 where it depends on more than the action.</summary>
    public static readonly Dictionary<string, int> NextState = new()
    {
        ["AE1"] = 4, ["AE2"] = 5, ["AE3"] = 6, ["AE4"] = 1, ["AE5"] = 2, ["AE6"] = -1, ["AE7"] = 6, ["AE8"] = 13,
        ["DT1"] = 6, ["DT2"] = 6,
        ["AR1"] = 7, ["AR2"] = 8, ["AR3"] = 1, ["AR4"] = 13, ["AR5"] = 1, ["AR6"] = 7,
        ["AR7"] = 8, ["AR8"] = -1, ["AR9"] = 11, ["AR10"] = 12,
        ["AA1"] = 13, ["AA2"] = 1, ["AA3"] = 1, ["AA4"] = 1, ["AA5"] = 1, ["AA6"] = 13, ["AA7"] = 13, ["AA8"] = 13,
    };
}
