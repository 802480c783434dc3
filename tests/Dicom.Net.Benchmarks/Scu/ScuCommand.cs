using System.CommandLine;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Scu;

/// <summary>`scu`: our client and the ones that are installed, sending the same files into a server that costs next to nothing.</summary>
internal static class ScuCommand
{
    private static readonly string Notes =
        $"""
        Ratios to dgen's rate of the same round, median (least–greatest); files on tmpfs; responses are awaited one by one.

        {Placement.SameCore.Mark()} client and server on core 0. {Placement.TwoCores.Mark()} client and server on cores 0 and 1.

        * from files: `DicomDataSet.Load` and `SendCStoreRequest` for each file, between the first request and the last response, after
          others to warm up. dgen has its files in memory by then. From memory: so have we, as elements, which are encoded for each request.
        * round trip: the median from the request to its response, without finding out what the file is.
        * whole process: each file once, with the start of the program, the search of the folder, and the association: the only clock
          that storescu and dcmsend have. The last column compares these.
        """;

    public static Command Create()
    {
        var tools = ToolsOption.Create();
        var rounds = new Option<int>("--rounds") { Description = "How often to measure everything.", DefaultValueFactory = _ => 5 };
        var sets = new Option<string?>("--files")
        {
            Description = $"Some sizes only, with commas between: {string.Join(",", FileSet.All.Select(set => set.Key))}.",
        };
        var truncating = new Option<bool>("--trunc")
        {
            Description = "Send into `dsink --trunc`, which receives without copying: it costs the client's core the least.",
        };
        var output = Report.OutOption();

        var command = new Command("scu", "Measures our client against dgen, storescu and dcmsend.") { tools, rounds, sets, truncating, output };
        command.SetAction(async (parsed, cancelled) =>
        {
            var chosen = FileSet.Choose(parsed.GetValue(sets));
            NetworkNamespace.Enter();
            var report = new Report("Dicom.Net as a client");
            using var built = await LoadTools.PrepareAsync(parsed.GetRequiredValue(tools), cancelled);
            using var scratch = ScratchFolder.InMemory();

            var dsink = new Dsink(built.Dsink);
            var server = parsed.GetValue(truncating) ? dsink.Truncating : dsink.Discarding;
            var table = await new ScuRun(built, server, scratch, parsed.GetValue(rounds)).MeasureAsync(chosen, cancelled);
            await report.Add($"Into {server.Name}.").Add(table.ToString()).Add(Notes).PublishAsync(parsed.GetValue(output));
        });
        return command;
    }
}
