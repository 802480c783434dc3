using System.Net;

namespace Dicom.Net.Tests.Snippets;

/// <summary>What docs/limits.md shows, as it stands there.</summary>
internal static class LimitTasks
{
    public static DicomNetOptions Options()
    {
        var options = new DicomNetOptions
        {
            Limits = new()
            {
                MaximumAssociations = 200,
                MaximumAssociationsPerAddress = 20,
                MaximumAssociationsPerCallingTitle = 10,
                MaximumDataSetLength = 4_000_000_000,
            },
            IdleTimeout = TimeSpan.FromHours(1),
            MemoryThreshold = 256 * 1024,
        };
        return options;
    }

    public static DicomAdmission WhoMayCome(DicomSupportedServices storage, DicomSupportedServices worklist)
    {
        var admission = new DicomAdmission
        {
            AllowedNetworks = [IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("2001:db8:1::/48")],
            ApplicationEntities =
            [
                new("ARCHIVE", storage) { CallingTitles = ["CT1", "MR2"] },
                new("WORKLIST", worklist),
            ],
        };
        return admission;
    }

    public static DicomAdmission WhoTheyAre(Func<string, string, CancellationToken, ValueTask<bool>> isKnownAsync)
    {
        var admission = new DicomAdmission
        {
            AdmitUser = async question => question.Identity is { Username: { } name, Passcode: { } passcode }
                && await isKnownAsync(name, passcode, question.Cancelled)
                    ? DicomUserVerdict.Verified
                    : DicomUserVerdict.Refused,
        };
        return admission;
    }
}
