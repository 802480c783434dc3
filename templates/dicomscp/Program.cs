// An SCP for Storage and Verification. Its settings stand in appsettings.json; environment (Dicom__Port=104) and command line
// (--Dicom:Port=104) go before. It stops with Ctrl-C or SIGTERM, and lets associations that stand go on until the deadline, shutdownTimeoutSeconds.
using Dicom.Net;
using Dicom.Net.Hosting;
using DicomScp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

// The folder of what is received; relative, it lies below the current directory.
var folder = Path.GetFullPath(builder.Configuration["Store:Folder"] ?? "received");
DicomFolder.Create(folder);
builder.Services.AddSingleton(new StoreSettings(folder, builder.Configuration.GetValue("Store:Reserve", 1_000_000_000L)));

// What a killed process has left half received: nobody was told that it is kept. The names are the library's; what another process receives
// into the same folder is younger.
string[] halfReceived = ["dicomnet-*.part", ".*.dcm.tmp"];
foreach (var file in halfReceived.SelectMany(name => Directory.EnumerateFiles(folder, name)))
{
    if (File.GetLastWriteTimeUtc(file) < DateTime.UtcNow.AddHours(-1))
    {
        File.Delete(file);
    }
}

builder.Services.AddDicomNet(builder.Configuration.GetSection("Dicom")).AddHandler<FolderStore>();

// Instances that are too large for memory arrive in the same folder, so that keeping them is a rename.
builder.Services.Configure<DicomListenerOptions>(options => options.Folder ??= folder);

builder.Services.AddHealthChecks().AddDicomNet();

await builder.Build().RunAsync();
