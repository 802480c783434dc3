using System.Runtime.CompilerServices;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Scp.Retrieving;
using static Dicom.Net.Tests.Scp.ServedPeer;

namespace Dicom.Net.Tests.Scp;

/// <summary>C-GET by handlers: the sub-operations, their counts, and the final response.</summary>
public sealed class RetrieveHandlerTests
{
    [Fact]
    public async Task GetAsync_SomeInstances_AreSentAndCounted()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => Instances(3)));
        var stored = AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.Pending, 2, 1, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
        Assert.Equal((DicomCommandStatusType.Pending, 1, 2, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
        Assert.Equal((DicomCommandStatusType.Success, 0, 3, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
        Assert.Equal(["1.1", "1.2", "1.3"], stored.Select(store => store.Instance));
    }

    [Fact]
    public async Task GetAsync_TheCountIsKnown_SendsAsTheyCome()
    {
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var served = await GettingAsync(new DicomHandlers().OnCGet((request, _) =>
        {
            request.Count = 2;
            return SecondAfter(stored.Task);
        }));
        AnswerStores(served.Scu, _ =>
        {
            stored.TrySetResult();
            return DicomCommandStatusType.Success;
        });

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.Pending, 1, 1, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
        Assert.Equal((DicomCommandStatusType.Success, 0, 2, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
    }

    [Fact]
    public async Task GetAsync_SomeFailSomeWarn_AreCountedAndNamed()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => Instances(3)));
        AnswerStores(served.Scu, store => store.Instance switch
        {
            "1.1" => DicomCommandStatusType.OutOfResources,
            "1.2" => DicomCommandStatusType.CoercionOfDataElements,
            _ => DicomCommandStatusType.Success,
        });

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 1, 1, 1), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
        Assert.Equal("1.1", served.Text);
    }

    [Fact]
    public async Task GetAsync_AnInstanceCannotBeOpenedOrHasNoContext_TheOthersAreSent()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => new[]
        {
            new DicomInstance(SopClass, "1.1", DicomUids.ImplicitVRLittleEndian, _ => throw new IOException("The test's.")),
            new DicomInstance(DicomUids.CTImageStorage, "1.2", DicomUids.ImplicitVRLittleEndian, _ => new(TestInstance.Create())),
            new DicomInstance(SopClass, "1.3", DicomUids.ExplicitVRLittleEndian, _ => new(TestInstance.Create())),
        }.ToAsyncEnumerable()));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 1, 2, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
        Assert.Equal("1.1,1.2", served.Text);
    }

    [Fact]
    public async Task GetAsync_ThePeerIsNoProvider_AllFail()
    {
        using var served = await AssociatedAsync(new DicomHandlers().OnCGet((_, _) => Instances(2)));

        SendGet(served);

        Assert.Equal(
            (DicomCommandStatusType.UnableToPerformSubOperations, 0, 0, 2, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
        Assert.Equal("1.1,1.2", served.Text);
    }

    [Fact]
    public async Task GetAsync_NothingMatches_IsSuccess()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => Instances(0)));

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.Success, 0, 0, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
    }

    [Fact]
    public async Task GetAsync_IsCancelled_EndsAfterTheOneUnderWayWithItsCounts()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => Instances(3)));
        var asked = new TaskCompletionSource<DicomCStoreRequestEventArgs>();
        served.Scu.CStoreRequestReceived += (_, store) =>
        {
            store.Handled = true;
            asked.SetResult(store);
        };
        SendGet(served);
        var first = await asked.Task.WithTimeout();
        var client = served.Listener.GetClient(0)!;
        var cancelled = client.GetCancellationToken(Context, 1);

        served.Scu.SendCCancelRequest(Context, 1).ThrowIfFailed();
        await Eventually.True(() => cancelled.IsCancellationRequested);
        first.Respond(DicomCommandStatusType.Success).ThrowIfFailed();

        Assert.Equal((DicomCommandStatusType.Cancel, 2, 1, 0, 0), Counts(await served.ResponseAsync<DicomCGetResponseEventArgs>()));
    }

    [Fact]
    public async Task GetAsync_ThrowsMidway_IsItsStatusWithTheCounts()
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((request, token) =>
        {
            request.Count = 5;
            return FailingAfter(3, token);
        }));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        var last = await LastAsync<DicomCGetResponseEventArgs>(served);
        Assert.Equal((DicomCommandStatusType.ProcessingFailure, 3), (last.Status, last.Completed));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RetrieveAsync_AnInstanceCannotBeEncoded_TheOthersAreSent(bool moves)
    {
        using var destination = TestScp.AcceptingAll();
        AnswerStores(destination, _ => DicomCommandStatusType.Success);
        IAsyncEnumerable<DicomInstance> AllButOne() =>
            new[] { Numbered(1), Unsendable("1.2"), Numbered(3) }.ToAsyncEnumerable();
        using var served = await GettingAsync(new DicomHandlers()
            .OnCGet((_, _) => AllButOne())
            .OnCMove(_ => new("127.0.0.1", destination.HostPort), (_, _) => AllButOne()));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        DicomRetrieveResponseEventArgs last;
        if (moves)
        {
            SendMove(served, "STORE");
            last = await LastAsync<DicomCMoveResponseEventArgs>(served);
        }
        else
        {
            SendGet(served);
            last = await LastAsync<DicomCGetResponseEventArgs>(served);
        }

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 2, 1, 0), Counts(last));
        Assert.Equal("1.2", served.Text);
    }

    public static TheoryData<Exception> FailuresOfOpening => new()
    {
        new DicomException(new DicomNetResult(DicomExceptionCode.NetNotConnected, "The test's: another archive is gone.")),
        new TaskCanceledException("The test's: a download took too long."),
    };

    [Theory]
    [MemberData(nameof(FailuresOfOpening), DisableDiscoveryEnumeration = true)]
    public async Task GetAsync_OpeningFailsAsADestinationMight_TheOthersAreSent(Exception thrown)
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => new[]
        {
            Numbered(1), new DicomInstance(SopClass, "1.2", DicomUids.ImplicitVRLittleEndian, _ => throw thrown), Numbered(3),
        }.ToAsyncEnumerable()));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal((DicomCommandStatusType.CoercionOfDataElements, 0, 2, 1, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
        Assert.Equal("1.2", served.Text);
    }

    [Theory]
    [InlineData(0, DicomCommandStatusType.UnableToPerformSubOperations)]
    [InlineData(2, DicomCommandStatusType.CoercionOfDataElements)]
    public async Task GetAsync_FewerThanAnnounced_TheRestHasFailed(int sent, DicomCommandStatusType expected)
    {
        using var served = await GettingAsync(new DicomHandlers().OnCGet((request, _) =>
        {
            request.Count = 5;
            return Instances(sent);
        }));
        AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal((expected, 0, sent, 5 - sent, 0), Counts(await LastAsync<DicomCGetResponseEventArgs>(served)));
    }

    [Fact]
    public async Task GetAsync_IsCancelledAndTheDatabaseThrowsItsOwn_IsCancelAllTheSame()
    {
        var begun = new TaskCompletionSource();
        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, token) => Waiting(begun, token)));
        SendGet(served);
        await begun.Task.WithTimeout();

        served.Scu.SendCCancelRequest(Context, 1).ThrowIfFailed();

        Assert.Equal(DicomCommandStatusType.Cancel, (await served.ResponseAsync<DicomCGetResponseEventArgs>()).Status);
    }

    [Fact]
    public async Task FromFile_AFile_IsReadWhenItIsSent()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.dcm");
        using (var instance = TestInstance.Create())
        {
            instance.Save(path);
        }

        using var served = await GettingAsync(new DicomHandlers().OnCGet((_, _) => new[] { DicomInstance.FromFile(path) }.ToAsyncEnumerable()));
        var stored = AnswerStores(served.Scu, _ => DicomCommandStatusType.Success);

        SendGet(served);

        Assert.Equal(DicomCommandStatusType.Success, (await served.ResponseAsync<DicomCGetResponseEventArgs>()).Status);
        Assert.Equal([TestInstance.Uid], stored.Select(store => store.Instance));
    }

    private static async IAsyncEnumerable<DicomInstance> Waiting(TaskCompletionSource begun, [EnumeratorCancellation] CancellationToken token)
    {
        begun.SetResult();
        var stopped = new TaskCompletionSource();
        using var registered = token.Register(stopped.SetResult);
        await stopped.Task;
        yield return token.IsCancellationRequested ? throw new InvalidOperationException("The test's: the query was stopped.") : Numbered(1);
    }

    private static async IAsyncEnumerable<DicomInstance> SecondAfter(Task first)
    {
        yield return Numbered(1);
        await first;
        yield return Numbered(2);
    }

    private static async IAsyncEnumerable<DicomInstance> FailingAfter(int count, [EnumeratorCancellation] CancellationToken token)
    {
        for (var number = 1; number <= count; number++)
        {
            yield return Numbered(number);
        }

        await Task.Yield();
        token.ThrowIfCancellationRequested();
        throw new InvalidOperationException("The test's.");
    }
}
