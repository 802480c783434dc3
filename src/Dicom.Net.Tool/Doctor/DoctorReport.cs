using Dicom.Net.Tool.Output;

namespace Dicom.Net.Tool.Doctor;

/// <summary>Tells findings as they come.</summary>
internal sealed class DoctorReport(ToolOutput output)
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    /// <returns>Whether it is not bad: the next step may follow.</returns>
    public bool Tell(Finding finding)
    {
        _findings.Add(finding);
        output.Json("step", new
        {
            finding.Step,
            Verdict = Enum.GetName(finding.Verdict)!.ToLowerInvariant(),
            finding.What,
            finding.Advice,
        });
        var (sign, tone) = (finding.Verdict, output.HasUnicode) switch
        {
            (Verdict.Good, true) => ("✓", Tone.Good),
            (Verdict.Good, false) => ("ok", Tone.Good),
            (Verdict.Doubtful, _) => ("!", Tone.Doubtful),
            (_, true) => ("✗", Tone.Bad),
            _ => ("X", Tone.Bad),
        };
        output.Line(($"{sign,2} ", tone), ($"{finding.Step,-10}", Tone.Strong), (finding.What, Tone.Plain));
        if (finding.Advice.Length > 0)
        {
            output.Line(($"{"",13}{(output.HasUnicode ? "→" : "->")} ", tone), (finding.Advice, Tone.Plain));
        }

        return finding.Verdict != Verdict.Bad;
    }
}
