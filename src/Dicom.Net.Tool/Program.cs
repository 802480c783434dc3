// dicomnet: DICOM networking on the command line. What it says, and how it ends, is told in docs/tool.md.
using Dicom.Net.Tool;
using Dicom.Net.Tool.Output;

using var stop = new CancellationTokenSource();
_ = Termination.RequestedAsync().ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
return await new DicomNetTool(Terminal.OfThisProcess()).RunAsync(args, stop.Token);
