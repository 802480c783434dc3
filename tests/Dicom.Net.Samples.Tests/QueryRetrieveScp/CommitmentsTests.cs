using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

/// <summary>Storage commitment, PS3.4 Annex J: how the archive gets on with peers that leave its reports unanswered.</summary>
public sealed class CommitmentsTests : ArchiveOfOne
{
    private readonly TaskCompletionSource _reported = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Commit_PeerThatNeverAnswersItsReport_KeepsNobodyElseFromBeingServed()
    {
        using var scp = Start(new(), mostWork: 1);
        await using var silent = await OpenAsync(scp, "SILENT");
        await CommitAsync(silent);
        await _reported.Task.WithTimeout();

        await using var other = await OpenAsync(scp, "OTHER");
        using var keys = TestInstance.Keys("STUDY", (DicomTag.StudyInstanceUID, ""));
        var matches = other.FindAsync(DicomUids.StudyRootFind, keys, TestContext.Current.CancellationToken);
        await foreach (var match in matches)
        {
            match.Dispose();
        }

        Assert.Equal(DicomCommandStatusType.Success, matches.Response!.Status);
    }

    [Fact]
    public async Task Commit_MoreThanAPeerMayHaveUnderWay_IsRefusedToItAlone()
    {
        using var scp = Start(new(), mostWork: 16);
        await using var silent = await OpenAsync(scp, "SILENT");
        await using var other = await OpenAsync(scp, "OTHER");
        var statuses = new List<DicomCommandStatusType>();
        for (var count = 0; count < 5; count++)
        {
            statuses.Add(await CommitAsync(silent));
        }

        Assert.All(statuses[..4], status => Assert.Equal(DicomCommandStatusType.Success, status));
        Assert.Equal(DicomCommandStatusType.ResourceLimitation, statuses[4]);
        Assert.Equal(DicomCommandStatusType.Success, await CommitAsync(other));
    }

    [Fact]
    public async Task Commit_DestinationThatNeverAnswersItsReport_IsGivenUp()
    {
        var clock = new FakeTimeProvider();
        var toldAnew = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new DicomNet(path: null, DicomNetSecurityMode.None);
        destination.AssociateRequestReceived += (_, asked) => asked.Accept(asked.Association.CreateAccept(new DicomSupportedServices(
            new DicomSupportedService(DicomUids.StorageCommitmentPushModel) { ProviderRole = DicomRoleSupport.Supported })));
        destination.NReportRequestReceived += (_, report) =>
        {
            report.Handled = true;
            toldAnew.TrySetResult();
        };
        destination.Closed += (_, _) => closed.TrySetResult();
        destination.Listen("127.0.0.1", 0, 8).ThrowIfFailed();

        // Nothing else may end the association in the end.
        var options = new DicomNetOptions { TimeProvider = clock, IdleTimeout = Timeout.InfiniteTimeSpan };
        using var scp = Start(options, mostWork: 1, $"OURS=127.0.0.1:{destination.HostPort}");
        await using (var gone = await OpenAsync(scp, "OURS"))
        {
            await CommitAsync(gone);
            await _reported.Task.WithTimeout();
            gone.Abort();
        }

        await toldAnew.Task.WithTimeout();

        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return closed.Task.IsCompleted;
        });
    }

    private DicomNet Start(DicomNetOptions options, int mostWork, params string[] destinations)
    {
        var services = new Services(Archive, new(destinations), options, new(mostWork));
        var scp = new DicomNet(
            path: null, DicomNetSecurityMode.None, new DicomNetOptions { Handlers = new DicomHandlers().Add(services) });
        scp.AssociateRequestReceived += (_, request) => request.Accept(request.Association.CreateAccept(Services.Supported));
        services.Serve(scp);
        scp.Listen("127.0.0.1", 0, 8).ThrowIfFailed();
        return scp;
    }

    /// <summary>An association of a peer that takes reports, and answers none.</summary>
    private Task<DicomAssociation> OpenAsync(DicomNet scp, string title) => DicomAssociation.OpenAsync(
        "127.0.0.1",
        scp.HostPort,
        new DicomAssociationRequest(title, "ARCHIVE").With(DicomUids.StorageCommitmentPushModel).With(DicomUids.StudyRootFind),
        new()
        {
            ThrowsOnFailure = false,
            EventReports = async (_, ended) =>
            {
                _reported.TrySetResult();
                await Task.Delay(Timeout.Infinite, ended);
                return DicomCommandStatusType.Success;
            },
        },
        TestContext.Current.CancellationToken).WithTimeout();

    private static async Task<DicomCommandStatusType> CommitAsync(DicomAssociation association)
    {
        using var reference = TestInstance.Keys(
            level: null, (DicomTag.ReferencedSOPClassUID, DicomUids.CTImageStorage), (DicomTag.ReferencedSOPInstanceUID, "1.2.1.1.1"));
        using var information = TestInstance.Keys(level: null, (DicomTag.TransactionUID, "1.2.99"));
        information.SetItems(DicomTag.ReferencedSOPSequence, reference);
        var response = await association.NActionAsync(
            DicomUids.StorageCommitmentPushModel, DicomUids.StorageCommitmentPushModelInstance, 1, information,
            cancellationToken: TestContext.Current.CancellationToken).WithTimeout();
        return response.Status;
    }
}
