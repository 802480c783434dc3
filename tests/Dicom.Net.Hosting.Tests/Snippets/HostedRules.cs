using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dicom.Net.Hosting.Tests.Snippets;

/// <summary>docs/hosting.md: rules of code besides those of the configuration.</summary>
internal static class HostedRules
{
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddDicomNet(builder.Configuration.GetSection("Dicom"))
            .ConfigureNetwork((_, options) => options with { Admission = options.Admission! with { AdmitUser = AskDirectoryAsync } });
    }

    private static ValueTask<DicomUserVerdict> AskDirectoryAsync(DicomUserQuestion question) => new(DicomUserVerdict.Refused);
}
