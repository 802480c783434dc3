using System.Globalization;
using System.Text;

namespace Dicom.Net.Interop.Tests.Support;

/// <summary>DCMTK's tools.</summary>
internal static class Dcmtk
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>The process, for its output; the caller disposes of it.</returns>
    public static async Task<RunningProcess> RunAsync(int exitCode, string tool, params IEnumerable<string> arguments)
    {
        var process = RunningProcess.Start(Require.Dcmtk(tool), arguments);
        await process.ExitAsync(exitCode);
        return process;
    }

    /// <summary>Sends files with storescu, each in its own transfer syntax.</summary>
    public static async Task StoreAsync(string port, string profiles, string[] files, params string[] options)
    {
        await using var storescu = await RunAsync(0, "storescu", ["-v", "-xf", profiles, "Own", .. options, "127.0.0.1", port, .. files]);
    }

    /// <summary>Starts storescp, which listens on all addresses, and awaits that it does.</summary>
    public static Task<ForeignScp> StartStorescpAsync(string folder, params string[] options) =>
        ForeignScp.StartAsync(port => new(Require.Dcmtk("storescp"), ["-v", "-od", folder, .. options, port]));

    /// <summary>Writes the association profile by which storescu proposes to send each of these files as it is.</summary>
    /// <returns>The configuration file, for -xf; its profile is called Own.</returns>
    public static string WriteProfile(string path, IEnumerable<string> files)
    {
        var pairs = files.Select(PairOf).Distinct().ToArray();
        var syntaxes = pairs.Select(pair => pair.TransferSyntax).Distinct().ToList();
        var text = new StringBuilder("[[TransferSyntaxes]]\n");
        for (var index = 0; index < syntaxes.Count; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"[T{index}]\nTransferSyntax1 = {syntaxes[index]}\n");
        }

        text.Append("[[PresentationContexts]]\n[P]\n");
        for (var index = 0; index < pairs.Length; index++)
        {
            var (sopClass, transferSyntax) = pairs[index];
            var name = $"T{syntaxes.IndexOf(transferSyntax)}";
            text.Append(CultureInfo.InvariantCulture, $"PresentationContext{index + 1} = {sopClass}\\{name}\n");
        }

        File.WriteAllText(path, text.Append("[[Profiles]]\n[Own]\nPresentationContexts = P\n").ToString());
        return path;
    }

    private static (string SopClass, string TransferSyntax) PairOf(string file)
    {
        using var dataSet = DicomDataSet.Load(file);
        return (dataSet.GetString(DicomTag.SOPClassUID)!, dataSet.TransferSyntax);
    }
}
