using System.Globalization;
using Dicom.Net.Interop.Tests.Support;
using Dicom.Net.Tests.Attacks;

namespace Dicom.Net.Interop.Tests;

/// <summary>
/// Names of files that a peer has a say in (CVE-2022-2119, CVE-2022-2120, CVE-2026-50003, CVE-2026-52868): what each program that keeps files does
/// with instances that name themselves so, sent by peers whose AE titles are paths, too.
/// </summary>
public sealed class PathTraversalTests : IDisposable
{
    private const string SopClass = DicomUids.SecondaryCaptureImageStorage;

    private static readonly string[] Names = [.. HostileNames.All.Where(name => name.Trim(' ', '\0').Length > 0).Distinct()];

    // Each program keeps its files two levels below.
    private readonly TestFolder _folder = new();
    private readonly string _kept;

    public PathTraversalTests() => _kept = _folder.Sub("below/kept");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("StoreScp", "--out")]
    [InlineData("QueryRetrieveScp", "--archive")]
    public async Task Scp_HostileInstances_KeepsNone(string sample, string option)
    {
        await using var scp = await Sample.StartScpAsync(sample, option, _kept);

        foreach (var name in Names)
        {
            using var dataSet = Instance(name);
            AssertRefused(name, await StoreScu.StoreAsync(scp.Port, SopClass, name, dataSet));
        }

        await scp.StopAsync();
        Assert.DoesNotContain(_folder.Files, file => !Path.GetFileName(file).StartsWith("index.db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task QueryRetrieveScp_HostileStudies_KeepsNone()
    {
        await using var scp = await Sample.StartScpAsync("QueryRetrieveScp", "--archive", _kept);

        foreach (var name in Names)
        {
            using var dataSet = Instance("1.2.3");
            dataSet.SetBytes(DicomTag.StudyInstanceUID, DicomVR.UI, Bytes(name));
            AssertRefused(name, await StoreScu.StoreAsync(scp.Port, SopClass, "1.2.3", dataSet));
        }

        await scp.StopAsync();
        Assert.DoesNotContain(_folder.Files, file => file.EndsWith(".dcm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task MoveScu_HostileInstances_KeepsNone()
    {
        var asked = new TaskCompletionSource<DicomCMoveRequestEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var archive = Listening();
        archive.CMoveRequestReceived += (_, e) =>
        {
            e.Handled = true;
            asked.TrySetResult(e);
        };
        await using var scu = Sample.Start(
            "MoveScu", "127.0.0.1", Port(archive), "--receive", "0", "--out", _kept, "-k", "StudyInstanceUID=1.2", "--ip", "4");
        const string announcement = "Receiving on port ";
        var line = await scu.LineAsync(line => line.StartsWith(announcement, StringComparison.Ordinal));
        var move = await asked.Task.WithTimeout();

        foreach (var name in Names)
        {
            using var dataSet = Instance(name);
            AssertRefused(name, await StoreScu.StoreAsync(line[announcement.Length..], SopClass, name, dataSet));
        }

        move.Respond(DicomCommandStatusType.Success, 0, 0, 0, 0).ThrowIfFailed();
        await scu.ExitAsync(0);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task GetScu_HostileInstances_KeepsNone()
    {
        var statuses = System.Threading.Channels.Channel.CreateUnbounded<DicomCommandStatusType>();
        using var archive = Listening();
        archive.CStoreResponseReceived += (_, response) => statuses.Writer.TryWrite(response.Status);
        archive.CGetRequestReceived += (_, e) =>
        {
            e.Handled = true;
            _ = Task.Run(async () =>
            {
                var context = e.Net.Association!.FindAbstract(SopClass);
                foreach (var name in Names)
                {
                    using var dataSet = Instance(name);
                    e.Net.SendCStoreRequest(
                        context, e.Net.NextMessageID(), SopClass, name, DicomCommandPriorityType.Medium, null, 0, dataSet).ThrowIfFailed();
                    AssertRefused(name, await statuses.Reader.ReadAsync().AsTask().WithTimeout());
                }

                e.Respond(DicomCommandStatusType.Success, 0, Names.Length, 0, 0).ThrowIfFailed();
            });
        };
        await using var scu = Sample.Start(
            "GetScu", "127.0.0.1", Port(archive), "--out", _kept, "--class", SopClass, "-k", "StudyInstanceUID=1.2", "--ip", "4");

        await scu.ExitAsync(0);

        Assert.Contains("0 instances kept", scu.Lines);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task WorklistScp_HostileProcedureSteps_KeepsNone()
    {
        var performed = _folder.Sub("below/performed");
        await using var scp = await Sample.StartScpAsync("WorklistScp", "--worklist", _kept, "--performed", performed);
        var statuses = System.Threading.Channels.Channel.CreateUnbounded<DicomCommandStatusType>();
        var associated = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var modality = new DicomNet(null, DicomNetSecurityMode.None);
        var request = new DicomAssociate(request: true) { Called = "../ANY", Calling = "/etc" };
        var context = request.Propose(DicomUids.ModalityPerformedProcedureStep);
        modality.Connected += (_, _) => modality.SendAssociateRequest(request);
        modality.AssociateAcceptReceived += (_, _) => associated.TrySetResult();
        modality.NCreateResponseReceived += (_, response) => statuses.Writer.TryWrite(response.Status);
        modality.Connect(null, 0, "127.0.0.1", scp.EndPoint.Port).ThrowIfFailed();
        await associated.Task.WithTimeout();
        using var step = new DicomDataSet();
        step.Set(DicomTag.PerformedProcedureStepStatus, "IN PROGRESS");

        foreach (var name in Names)
        {
            modality.SendNCreateRequest(
                context, modality.NextMessageID(), DicomUids.ModalityPerformedProcedureStep, name, step).ThrowIfFailed();
            AssertRefused(name, await statuses.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithTimeout());
        }

        Assert.Empty(_folder.Files);
    }

    // Padding is no part of a UID (PS3.5 §9.1): what is left without it may be one.
    private static void AssertRefused(string name, DicomCommandStatusType status) => Assert.False(
        status.IsSuccess() && !name.TrimEnd(' ', '\0').All(letter => char.IsAsciiDigit(letter) || letter == '.'), Uri.EscapeDataString(name));

    private static DicomNet Listening()
    {
        var archive = new DicomNet(null, DicomNetSecurityMode.None);
        archive.AssociateRequestReceived += (_, e) => e.Accept(e.Association.CreateAccept(new DicomSupportedServices(
            new DicomSupportedService(_ => true) { ProviderRole = DicomRoleSupport.Supported }))).ThrowIfFailed();
        archive.Listen("127.0.0.1", 0, 5).ThrowIfFailed();
        return archive;
    }

    private static string Port(DicomNet net) => net.HostPort.ToString(CultureInfo.InvariantCulture);

    private static DicomDataSet Instance(string name)
    {
        var dataSet = new DicomDataSet();
        dataSet.Set(DicomTag.SOPClassUID, SopClass);
        dataSet.SetBytes(DicomTag.SOPInstanceUID, DicomVR.UI, Bytes(name));
        dataSet.Set(DicomTag.StudyInstanceUID, "1.2.3.1");
        dataSet.Set(DicomTag.SeriesInstanceUID, "1.2.3.2");
        return dataSet;
    }

    private static byte[] Bytes(string name) => [.. name.Select(letter => (byte)letter)];
}
