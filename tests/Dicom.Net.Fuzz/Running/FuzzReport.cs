using System.Globalization;

namespace Dicom.Net.Fuzz.Running;

/// <summary>A finding: enough to see it, and to have it again.</summary>
internal sealed record FuzzReport(string Target, ulong Seed, long Index, byte[] Input, IReadOnlyList<string> Story, string Fault)
{
    /// <summary>The command that plays it again.</summary>
    public string Command => string.Create(
        CultureInfo.InvariantCulture, $"run --target {Target} --seed {Seed} --first {Index} --inputs 1");

    /// <summary>The input itself goes beside the text.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var name = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Target}-{Seed}-{Index}"));
        File.WriteAllBytes(name + ".bin", Input);
        File.WriteAllText(name + ".txt", ToString());
    }

    public override string ToString() =>
        $"FINDING in {Target}, input {Index}; again by: {Command}\n{string.Join('\n', Story)}\n{Fault}\n{Convert.ToHexString(Input)}\n";
}
