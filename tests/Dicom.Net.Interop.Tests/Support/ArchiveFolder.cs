using System.Globalization;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>The folder of a QueryRetrieveScp, with instances in it before it starts: it makes its index of them.</summary>
internal sealed class ArchiveFolder(TestFolder folder)
{
    /// <summary>Where the instances are.</summary>
    public string Path { get; } = folder.Sub("archive");

    public string[] Files => Directory.GetFiles(Path, "*.dcm", SearchOption.AllDirectories);

    /// <summary>Makes a series of small instances: 1.2.3.STUDY.SERIES.NUMBER, of the patient P-STUDY.</summary>
    public string[] MakeSeries(int study, int series, int count, params (DicomTag Tag, string Value)[] others)
    {
        var folderOfStudy = Directory.CreateDirectory(System.IO.Path.Combine(Path, Uid(study))).FullName;
        return [.. Enumerable.Range(1, count).Select(number =>
        {
            var path = System.IO.Path.Combine(folderOfStudy, $"{Uid(study, series, number)}.dcm");
            Make(path, study, series, number, others);
            return path;
        })];
    }

    /// <summary>Starts the archive.</summary>
    public Task<SampleScp> StartAsync(params string[] options) =>
        Sample.StartScpAsync("QueryRetrieveScp", ["--archive", Path, .. options]);

    /// <summary>The UID of a study, a series or an instance.</summary>
    public static string Uid(params int[] numbers) =>
        $"1.2.3.{string.Join('.', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}";

    private static void Make(string path, int study, int series, int number, (DicomTag Tag, string Value)[] others)
    {
        using var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.SpecificCharacterSet, "ISO_IR 100");
        dataSet.Set(DicomTag.SOPClassUID, DicomUids.SecondaryCaptureImageStorage);
        dataSet.Set(DicomTag.SOPInstanceUID, Uid(study, series, number));
        dataSet.Set(DicomTag.StudyInstanceUID, Uid(study));
        dataSet.Set(DicomTag.SeriesInstanceUID, Uid(study, series));
        dataSet.Set(DicomTag.PatientID, $"P-{study}");
        dataSet.Set(DicomTag.PatientName, $"Interop^Patient{study}");
        dataSet.Set(DicomTag.StudyDate, $"202401{study:D2}");
        dataSet.Set(DicomTag.Modality, "OT");
        dataSet.Set(DicomTag.InstanceNumber, number);
        foreach (var (tag, value) in others)
        {
            dataSet.Set(tag, value);
        }

        dataSet.SetBytes(DicomTag.PixelData, DicomVR.OW, new byte[1000]);
        dataSet.Save(path, flushToDisk: false);
    }
}
