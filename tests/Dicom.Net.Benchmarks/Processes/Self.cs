namespace Dicom.Net.Benchmarks.Processes;

/// <summary>This program, as another process can be started from it.</summary>
internal static class Self
{
    /// <summary>The command that runs this program with the arguments given.</summary>
    public static string[] Command(params IEnumerable<string> arguments)
    {
        var host = Environment.ProcessPath
            ?? throw new BenchmarkException("The path of this program is not known: run it by `dotnet run`.");
        var isMuxer = Path.GetFileNameWithoutExtension(host) == "dotnet";
        return isMuxer ? [host, typeof(Self).Assembly.Location, .. arguments] : [host, .. arguments];
    }
}
