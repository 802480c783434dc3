using System.Runtime.CompilerServices;

namespace Dicom.Net.Tests.Snippets;

/// <summary>Where the page's worklist comes from.</summary>
internal interface ISchedule
{
    IAsyncEnumerable<string> OfAsync(string name, CancellationToken cancellationToken);
}

/// <summary>docs/scp.md: matches of a query.</summary>
internal sealed class WorklistFind(ISchedule schedule) : ICFindHandler
{
    public async IAsyncEnumerable<DicomDataSet> FindAsync(
        DicomCFindRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var name = request.Identifier.GetString(DicomTag.PatientName) ?? "";
        await foreach (var scheduled in schedule.OfAsync(name, cancellationToken))
        {
            using var match = new DicomDataSet();
            match.Set(DicomTag.PatientName, scheduled);
            yield return match;
        }
    }
}
