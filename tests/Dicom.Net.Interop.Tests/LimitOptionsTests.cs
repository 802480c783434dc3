using Dicom.Net.Interop.Tests.Support;

namespace Dicom.Net.Interop.Tests;

/// <summary>The SCPs' options for limits and admission, as their peers see them.</summary>
public sealed class LimitOptionsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("EchoScp", DicomUids.Verification)]
    [InlineData("StoreScp", DicomUids.Verification, "--out")]
    [InlineData("QueryRetrieveScp", DicomUids.StudyRootFind, "--archive")]
    [InlineData("WorklistScp", DicomUids.ModalityWorklistFind, "--worklist")]
    public async Task Scp_MoreAssociationsThanMayBe_AreRejectedUntilOneEnds(string sample, string sopClass, params string[] folder)
    {
        string[] options = ["--max-associations", "1", .. folder.SelectMany(option => new[] { option, _folder.Path })];
        await using var scp = await Sample.StartScpAsync(sample, options);

        using (await StoringScu.AssociateAsync(scp.Port, sopClass: sopClass))
        {
            await AssertRefusedAsync("rejected 2/3/2", scp, sopClass: sopClass);
        }

        await ServedAgainAsync(scp, sopClass);
        await scp.StopAsync();
    }

    [Theory]
    [InlineData("--max-per-address")]
    [InlineData("--max-per-title")]
    public async Task EchoScp_MoreOfOnePeerThanMayBe_AreRejected(string option)
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", option, "1");

        using var first = await StoringScu.AssociateAsync(scp.Port, sopClass: DicomUids.Verification);

        await AssertRefusedAsync("rejected 2/3/2", scp);
        first.Dispose();
        await scp.StopAsync();
    }

    [Fact]
    public async Task EchoScp_TitlesThatAreNotServed_AreRejectedAsTheStandardSays()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--called", "OURS", "--called", "ALSO", "--calling", "THEIRS");

        await AssertRefusedAsync("rejected 1/1/7", scp, calling: "THEIRS", called: "OTHER");
        await AssertRefusedAsync("rejected 1/1/3", scp, calling: "OTHER", called: "OURS");
        using var served = await StoringScu.AssociateAsync(scp.Port, "THEIRS", "ALSO", DicomUids.Verification);
        served.Dispose();
        await scp.StopAsync();
    }

    [Theory]
    [InlineData("--deny", "127.0.0.1")]
    [InlineData("--allow", "192.0.2.0/24")]
    public async Task EchoScp_NetworkThatMayNotCome_IsClosedWithoutAWord(string option, string network)
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", option, network);

        await AssertRefusedAsync("closed:", scp);
        await scp.StopAsync();
    }

    [Theory]
    [InlineData("StoreScp", "--out")]
    [InlineData("QueryRetrieveScp", "--archive")]
    public async Task Scp_InstanceLargerThanMayBe_IsRefusedAndASmallerOneIsNot(string sample, string option)
    {
        await using var scp = await Sample.StartScpAsync(sample, option, _folder.Path, "--max-instance", "64K");
        using var scu = await StoringScu.AssociateAsync(scp.Port);

        Assert.Equal(DicomCommandStatusType.OutOfResources, await scu.StoreAsync("1.2.3.1", pixelBytes: 64 * 1024));
        Assert.Equal(DicomCommandStatusType.Success, await scu.StoreAsync("1.2.3.2", pixelBytes: 32 * 1024));

        scu.Dispose();
        await scp.StopAsync();
        Assert.Single(_folder.Files, file => file.EndsWith(".dcm", StringComparison.Ordinal));
        Assert.DoesNotContain(_folder.Files, file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EchoScp_IdleForLongerThanMayBe_IsReleased()
    {
        await using var scp = await Sample.StartScpAsync("EchoScp", "--idle-timeout", "1");
        using var scu = await StoringScu.AssociateAsync(scp.Port, sopClass: DicomUids.Verification);

        Assert.Contains("closed:", await scu.EndAsync(), StringComparison.Ordinal);
        scu.Dispose();
        await scp.StopAsync();
    }

    private static async Task AssertRefusedAsync(
        string how, SampleScp scp, string calling = "STORING", string called = "STORED", string sopClass = DicomUids.Verification)
    {
        var refusal = await Assert.ThrowsAsync<IOException>(() => StoringScu.AssociateAsync(scp.Port, calling, called, sopClass));
        Assert.StartsWith(how, refusal.Message, StringComparison.Ordinal);
    }

    // The end of an association is known to its two sides one after the other.
    private static async Task ServedAgainAsync(SampleScp scp, string sopClass)
    {
        using var late = new CancellationTokenSource(Timeouts.Default);
        while (true)
        {
            try
            {
                using var scu = await StoringScu.AssociateAsync(scp.Port, sopClass: sopClass);
                return;
            }
            catch (IOException refusal) when (refusal.Message == "rejected 2/3/2" && !late.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
