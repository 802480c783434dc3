using System.CommandLine;

namespace Dicom.Net.Samples;

/// <summary>The command line of a query or retrieval: information model, level and keys.</summary>
/// <param name="patientRoot">The SOP class by which the patient root is queried.</param>
/// <param name="studyRoot">The SOP class by which the study root is queried.</param>
internal sealed class QueryCommand(string patientRoot, string studyRoot)
{
    private const string Worklist = "worklist";

    private readonly QueryKeys _keys = new();
    private readonly Option<string> _model = new("--model")
    {
        Description = "Information model: patient or study root; worklist where it can be asked for.",
        DefaultValueFactory = _ => "study",
    };

    private readonly Option<string> _level = new("--level")
    {
        Description = "PATIENT, STUDY, SERIES or IMAGE; a worklist has no levels.",
        DefaultValueFactory = _ => "STUDY",
    };

    /// <summary>Adds the options to a program's.</summary>
    public T AddTo<T>(T command, bool hasWorklist = false)
        where T : Command
    {
        _model.AcceptOnlyFromAmong(hasWorklist ? ["patient", "study", Worklist] : ["patient", "study"]);
        _level.AcceptOnlyFromAmong("PATIENT", "STUDY", "SERIES", "IMAGE");
        command.Add(_model);
        command.Add(_level);
        _keys.AddTo(command);
        return command;
    }

    /// <summary>The SOP class.</summary>
    public string Model(ParseResult arguments) => arguments.GetRequiredValue(_model) switch
    {
        Worklist => DicomUids.ModalityWorklistFind,
        "patient" => patientRoot,
        _ => studyRoot,
    };

    /// <exception cref="FormatException">A key is not one; the message says which.</exception>
    public DicomDataSet Identifier(ParseResult arguments) => _keys.Identifier(
        arguments, arguments.GetRequiredValue(_model) == Worklist ? null : arguments.GetRequiredValue(_level));
}
