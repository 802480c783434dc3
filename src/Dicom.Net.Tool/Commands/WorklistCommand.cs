using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Dicom.Net.Tool.Options;
using Dicom.Net.Tool.Output;
using Dicom.Net.Tool.Query;

namespace Dicom.Net.Tool.Commands;

/// <summary>Asks a peer what is scheduled (C-FIND of the modality worklist, PS3.4 Annex K).</summary>
internal sealed class WorklistCommand : ToolCommand
{
    private readonly PeerArguments _peer;
    private readonly Option<string> _date = new("--date")
    {
        Description = "Day of the step: today, tomorrow, any, 20261123, or a range as 20261123-20261130.",
        HelpName = "day",
        DefaultValueFactory = _ => "today",
    };

    private readonly Option<string> _modality = Key("--modality", "Modality of the step, as CT.");
    private readonly Option<string> _station = Key("--station", "AE title of the station that the step is scheduled for.");
    private readonly Option<string> _patient = Key("--patient", "Patient's name; * and ? stand for others.");
    private readonly Option<string> _id = Key("--id", "Patient ID.");
    private readonly Option<string> _accession = Key("--accession", "Accession number.");
    private readonly Option<int?> _limit = Number<int?>(
        "--limit", null, 1, int.MaxValue, "Ask the peer to stop after so many matches (C-CANCEL).");

    public WorklistCommand()
        : base("worklist", "Asks a peer what is scheduled (C-FIND of the modality worklist).")
    {
        _peer = new PeerArguments().AddTo(this);
        _date.Validators.Add(RequireDay);
        Option[] options = [_date, _modality, _station, _patient, _id, _accession, _limit];
        foreach (var option in options)
        {
            Add(option);
        }
    }

    public override async Task<ToolResult> RunAsync(ParseResult arguments, ToolOutput output, CancellationToken stop)
    {
        const string model = DicomUids.ModalityWorklistFind;
        using var identifier = Identifier(arguments);
        await using var network = _peer.Open(arguments, output, Clock);
        await using var association = await _peer.OpenAsync(arguments, network, _peer.Request(arguments).With(model), stop);
        return await new QueryRun(output, model, identifier).RunAsync(association, arguments.GetValue(_limit), stop);
    }

    /// <summary>PS3.4 Table K.6-1: matching keys of the step are in its sequence.</summary>
    private DicomDataSet Identifier(ParseResult arguments)
    {
        var step = new DicomDataSet();
        var identifier = new DicomDataSet();
        string[] texts = [.. new[] { _patient, _id, _accession, _modality, _station }.Select(arguments.GetRequiredValue)];
        if (!texts.All(text => Ascii.IsValid(text)))
        {
            identifier.Set(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        }

        identifier.Set(DicomTag.PatientName, arguments.GetRequiredValue(_patient));
        identifier.Set(DicomTag.PatientID, arguments.GetRequiredValue(_id));
        identifier.Set(DicomTag.PatientBirthDate, "");
        identifier.Set(DicomTag.PatientSex, "");
        identifier.Set(DicomTag.AccessionNumber, arguments.GetRequiredValue(_accession));
        identifier.Set(DicomTag.StudyInstanceUID, "");
        identifier.Set(DicomTag.RequestedProcedureID, "");
        identifier.Set(DicomTag.RequestedProcedureDescription, "");
        step.Set(DicomTag.ScheduledProcedureStepStartDate, Day(arguments.GetRequiredValue(_date)));
        step.Set(DicomTag.ScheduledProcedureStepStartTime, "");
        step.Set(DicomTag.Modality, arguments.GetRequiredValue(_modality));
        step.Set(DicomTag.ScheduledStationAETitle, arguments.GetRequiredValue(_station));
        step.Set(DicomTag.ScheduledProcedureStepDescription, "");
        step.Set(DicomTag.ScheduledProcedureStepID, "");
        identifier.SetItems(DicomTag.ScheduledProcedureStepSequence, step);
        return identifier;
    }

    private string Day(string text) => text switch
    {
        "any" => "",
        "today" => Dicom(Clock.GetLocalNow()),
        "tomorrow" => Dicom(Clock.GetLocalNow().AddDays(1)),
        _ => text,
    };

    private static string Dicom(DateTimeOffset day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static Option<string> Key(string name, string description) =>
        new(name) { Description = description, HelpName = "key", DefaultValueFactory = _ => "" };

    /// <summary>PS3.5 §6.2 (DA) and PS3.4 §C.2.2.2.5: a day, or a range that is open on one side at most.</summary>
    private static void RequireDay(OptionResult result)
    {
        var text = result.GetValueOrDefault<string>() ?? "";
        var days = text.Split('-');
        var isRange = days.Length is 1 or 2 && days.All(day => day.Length == 0 || IsDay(day)) && days.Any(day => day.Length > 0);
        if (text is not ("any" or "today" or "tomorrow") && !isRange)
        {
            result.AddError($"'{text}' is no day: give today, tomorrow, any, 20261123, or a range as 20261123-20261130.");
        }
    }

    private static bool IsDay(string text) =>
        DateTime.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
