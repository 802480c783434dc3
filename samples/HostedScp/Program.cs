// An SCP for Storage in the generic host: configured by appsettings.json, environment and command line (--Dicom:Port=104), until Ctrl-C.
using Dicom.Net;
using Dicom.Net.Hosting;
using Dicom.Net.Samples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
try
{
    var folder = new DirectoryInfo(builder.Configuration["Store:Folder"] ?? "received");
    DicomFolder.Create(folder.FullName);
    Leftovers.Delete(folder.FullName);
    builder.Services.AddSingleton(folder);
    builder.Services.AddDicomNet(builder.Configuration.GetSection("Dicom")).AddHandler<FolderStore>();
    builder.Services.Configure<DicomListenerOptions>(options => options.Folder ??= folder.FullName); // So that keeping it is a rename.
    builder.Services.AddHealthChecks().AddDicomNet();
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception error) when (
    error is OptionsValidationException or InvalidOperationException or DicomException or IOException or UnauthorizedAccessException)
{
    // What is wrong with the configuration; the host's own log of it, with a stack trace, is off in appsettings.json.
    Console.Error.WriteLine(error.Message);
    return 1;
}

namespace Dicom.Net.Samples
{
    /// <summary>Keeps instances in a folder. Made for each association; the peer's UIDs become no file names.</summary>
    internal sealed partial class FolderStore(DirectoryInfo folder, DicomAssociationContext association, ILogger<FolderStore> log) : ICStoreHandler
    {
        public ValueTask<DicomOutcome> StoreAsync(DicomCStoreRequest request, CancellationToken cancellationToken)
        {
            // What the peer is told succeeded is on the disk.
            var path = Path.Combine(folder.FullName, $"{Guid.NewGuid()}.dcm");
            request.DataSet!.Save(path);
            Kept(log, association.PeerAddress, path);
            return new(DicomOutcome.Success);
        }

        [LoggerMessage(1, LogLevel.Information, "{Peer}: kept {Path}")]
        private static partial void Kept(ILogger log, string peer, string path);
    }
}
