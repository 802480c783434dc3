using System.CommandLine;
using Dicom.Net;
using Dicom.Net.Benchmarks;
using Dicom.Net.Benchmarks.Cycling;
using Dicom.Net.Benchmarks.Footprint;
using Dicom.Net.Benchmarks.Growth;
using Dicom.Net.Benchmarks.Macro;
using Dicom.Net.Benchmarks.Micro;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Scu;
using Dicom.Net.Benchmarks.Sending;
using Dicom.Net.Benchmarks.Serving;
using Dicom.Net.Benchmarks.Tls;

var program = new RootCommand("Measures Dicom.Net: see the README beside the project.")
{
    MicroCommand.Create(),
    MacroCommand.Create(),
    MemoryCommand.Create(),
    GrowthCommand.Create(),
    ScuCommand.Create(),
    ServeCommand.Create(),
    SendCommand.Create(),
    CycleCommand.Create(),
    TlsCommand.Create(),
};

try
{
    var command = NetworkNamespace.Settle(args);

    // Time to end the children after Ctrl-C. Arbitrary: they are killed, which takes milliseconds.
    var invocation = new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = TimeSpan.FromSeconds(20),
    };
    return await program.Parse(command).InvokeAsync(invocation);
}
catch (OperationCanceledException)
{
    return 130; // What shells report for a program ended by Ctrl-C: 128 + SIGINT.
}
catch (Exception error) when (error is BenchmarkException or DicomException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
