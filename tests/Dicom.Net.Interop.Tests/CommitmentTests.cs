using System.Globalization;
using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>Storage commitment (PS3.4 Annex J) of QueryRetrieveScp: asked for by a second DicomNet.</summary>
public sealed class CommitmentTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ArchiveFolder _archive;

    public CommitmentTests() => _archive = new(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task QueryRetrieveScp_AssociationStands_ReportsOnIt()
    {
        _archive.MakeSeries(1, 1, 3);
        await using var scp = await _archive.StartAsync();
        await using var scu = await NormalizedScu.AssociateAsync(scp.Port, DicomUids.StorageCommitmentPushModel);
        var reported = Reports(scu.Net);

        var answer = await AskAsync(scu, "1.2.3.1.1.1", "1.2.3.1.1.3");

        Assert.Equal(DicomCommandStatusType.Success, answer.Status);
        Assert.Equal((1, "1.2.99", "1.2.3.1.1.1 1.2.3.1.1.3", ""), await reported.WithTimeout());
        await scp.Process.LineAsync(line => line.EndsWith("reported on the same association: 0000H, success", StringComparison.Ordinal));
    }

    [Fact]
    public async Task QueryRetrieveScp_SomeAreNotKept_SaysWhich()
    {
        _archive.MakeSeries(1, 1, 1);
        await using var scp = await _archive.StartAsync();
        await using var scu = await NormalizedScu.AssociateAsync(scp.Port, DicomUids.StorageCommitmentPushModel);
        var reported = Reports(scu.Net);

        await AskAsync(scu, "1.2.3.1.1.1", "1.2.3.1.1.2");

        Assert.Equal((2, "1.2.99", "1.2.3.1.1.1", "1.2.3.1.1.2"), await reported.WithTimeout());
    }

    [Fact]
    public async Task QueryRetrieveScp_AssociationEndsUnanswered_ReportsOnANewOne()
    {
        _archive.MakeSeries(1, 1, 1);
        using var listener = new DicomNet(path: null, DicomNetSecurityMode.None);
        var request = new TaskCompletionSource<DicomAssociate>(TaskCreationOptions.RunContinuationsAsynchronously);
        listener.AssociateRequestReceived += (_, asked) =>
        {
            request.TrySetResult(asked.Association);
            asked.Accept(asked.Association.CreateAccept(new DicomSupportedServices(
                new DicomSupportedService(DicomUids.StorageCommitmentPushModel) { ProviderRole = DicomRoleSupport.Supported })));
        };
        var reported = Reports(listener);
        listener.Listen("127.0.0.1", 0, 8).ThrowIfFailed();
        var destination = string.Create(CultureInfo.InvariantCulture, $"OURS=127.0.0.1:{listener.HostPort}");
        await using var scp = await _archive.StartAsync("--destination", destination);
        await using (var scu = await NormalizedScu.AssociateAsync(scp.Port, DicomUids.StorageCommitmentPushModel))
        {
            // Never answered: it is lost with the association.
            var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            scu.Net.NReportRequestReceived += (_, report) => {
                report.Handled = true;
                lost.TrySetResult();
            };
            await AskAsync(scu, "1.2.3.1.1.1");
            await lost.Task.WithTimeout();
        }

        Assert.Equal((1, "1.2.99", "1.2.3.1.1.1", ""), await reported.WithTimeout());
        var association = await request.Task.WithTimeout();
        var context = association.FindAbstract(DicomUids.StorageCommitmentPushModel);
        Assert.Equal(
            ("OURS", "THEIRS", DicomRoleSupport.Unsupported, DicomRoleSupport.Supported),
            (association.Called, association.Calling, association.GetUserRole(context), association.GetProviderRole(context)));
        await scp.Process.LineAsync(line => line.EndsWith("reported on a new association: 0000H, success", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, DicomUids.StorageCommitmentPushModelInstance, DicomCommandStatusType.NoSuchActionType)]
    [InlineData(1, "1.2.3", DicomCommandStatusType.NoSuchSopInstance)]
    [InlineData(1, DicomUids.StorageCommitmentPushModelInstance, DicomCommandStatusType.InvalidArgumentValue)]
    public async Task QueryRetrieveScp_WhatIsNoCommitment_IsRefused(int action, string instance, DicomCommandStatusType expected)
    {
        await using var scp = await _archive.StartAsync();
        await using var scu = await NormalizedScu.AssociateAsync(scp.Port, DicomUids.StorageCommitmentPushModel);
        using var nothing = new DicomDataSet();
        nothing.Set(DicomTag.TransactionUID, "1.2.99");

        var answer = await scu.AskAsync((net, id) => net.SendNActionRequest(
            NormalizedScu.Context, id, DicomUids.StorageCommitmentPushModel, instance, action, nothing));

        Assert.Equal(expected, answer.Status);
    }

    /// <summary>The first report: event, transaction, what is kept, and what is not.</summary>
    private static Task<(int Event, string? Transaction, string Kept, string Failed)> Reports(DicomNet net)
    {
        var reported = new TaskCompletionSource<(int, string?, string, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
        net.NReportRequestReceived += (_, report) =>
        {
            var information = report.DataSet!;
            reported.TrySetResult((
                report.DicomEvent,
                information.GetString(DicomTag.TransactionUID),
                Instances(information, DicomTag.ReferencedSOPSequence),
                Instances(information, DicomTag.FailedSOPSequence)));
            report.Respond(DicomCommandStatusType.Success);
        };
        return reported.Task;
    }

    private static string Instances(DicomDataSet information, DicomTag sequence) =>
        string.Join(' ', information.GetItems(sequence).Select(item => item.GetString(DicomTag.ReferencedSOPInstanceUID)));

    private static async Task<NormalizedResponse> AskAsync(NormalizedScu scu, params string[] instances)
    {
        using var information = new DicomDataSet();
        information.Set(DicomTag.TransactionUID, "1.2.99");
        information.SetItems(DicomTag.ReferencedSOPSequence, instances.Select(instance =>
        {
            var item = new DicomDataSet();
            item.Set(DicomTag.ReferencedSOPClassUID, DicomUids.SecondaryCaptureImageStorage);
            item.Set(DicomTag.ReferencedSOPInstanceUID, instance);
            return item;
        }));
        return await scu.AskAsync((net, id) => net.SendNActionRequest(
            NormalizedScu.Context, id, DicomUids.StorageCommitmentPushModel, DicomUids.StorageCommitmentPushModelInstance, 1, information));
    }
}
