using Spectre.Console;

namespace Dicom.Net.Tool.Output;

/// <summary>How something is said. Colours are a help, never the only sign.</summary>
internal enum Tone
{
    Plain,
    Strong,
    Faint,
    Good,
    Doubtful,
    Bad,
}

/// <summary>Tones as colours, which each terminal has its own shades for.</summary>
internal static class ToneStyles
{
    public static Style ToStyle(this Tone tone) => tone switch
    {
        Tone.Strong => new(decoration: Decoration.Bold),
        Tone.Faint => new(Color.Grey),
        Tone.Good => new(Color.Green),
        Tone.Doubtful => new(Color.Yellow),
        Tone.Bad => new(Color.Red),
        _ => Style.Plain,
    };
}
