using Dicom.Net.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Dicom.Net.Tests;

/// <summary>
/// Whatever a callback throws, and whether or not that can be logged: its association gets the answer that it is owed, and others and the listener
/// do not notice.
/// </summary>
public sealed class DicomNetCallbackFailureTests
{
    private static readonly Dictionary<string, Func<Exception>> Failures = new()
    {
        ["memory"] = () => new InsufficientMemoryException("The test's."), // An OutOfMemoryException.
        ["interrupt"] = () => new ThreadInterruptedException("The test's."),
        ["cancel"] = () => new OperationCanceledException("The test's."),
        ["disposed"] = () => new ObjectDisposedException("The test's."),
        ["lost"] = () => new IOException("The test's."),
        ["cast"] = () => new InvalidCastException("The test's."),
    };

    private static readonly string[] Watchers = ["OnReceive", "OnReceiveData", "OnSend", "OnClose"];

    private static readonly DicomNetOptions LogsInVain = new() { LoggerFactory = new SingleLoggerFactory(new ThrowingLogger()) };

    public static MatrixTheoryData<string, bool> Cases => new(Failures.Keys, [true, false]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task AssociateRequest_CallbackThrows_IsRejected(string failure, bool logs)
    {
        using var listener = TestScp.InTheOldStyle(client => client.Override("OnReceiveAssociateRequest", _ => throw Failures[failure]()), Options(logs));
        for (var i = 0; i < 3; i++)
        {
            using var scu = new TestScu();
            var reject = await scu.AssociateInVainAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
            Assert.Equal(DicomAssociateRejectReasonType.Unknown, reject.Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Request_CallbackThrows_IsAnsweredWithProcessingFailureEachTime(string failure, bool logs)
    {
        using var listener = TestScp.InTheOldStyle(
            client => client
                .Override("OnReceiveCEchoRequest", _ => throw Failures[failure]())
                .Override("OnReceiveCStoreRequest", _ => throw Failures[failure]()),
            Options(logs));
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification, TestInstance.SopClass);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(DicomCommandStatusType.ProcessingFailure, await scu.EchoAsync());
            Assert.Equal(DicomCommandStatusType.ProcessingFailure, await scu.StoreAsync(TestInstance.Create()));
        }

        await scu.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Watcher_Throws_NothingElseHappens(string failure, bool logs)
    {
        using var listener = TestScp.InTheOldStyle(
            client => Array.ForEach(Watchers, watcher => client.Override(watcher, _ => throw Failures[failure]())), Options(logs));
        for (var i = 0; i < 3; i++)
        {
            using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
            Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
        }

        await Eventually.True(() => listener.GetClientCount() == 0);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task ReleaseRequest_CallbackThrows_IsAnswered(string failure, bool logs)
    {
        using var listener = TestScp.InTheOldStyle(client => client.Override("OnReceiveReleaseRequest", _ => throw Failures[failure]()), Options(logs));
        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        await scu.ReleaseAsync();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Accept_CallbackThrows_ClosesThatConnectionOnly(string failure, bool logs)
    {
        var isFirst = true;
        using var listener = new RecordingNet(Options(logs));
        listener.Override("OnAccept", _ =>
        {
            if (isFirst)
            {
                isFirst = false;
                throw Failures[failure]();
            }

            listener.Accept(Welcoming(Options(logs))).ThrowIfFailed();
        });
        TestScp.Listening(listener);
        using var unlucky = new TestScu();
        await unlucky.ConnectAsync(listener.HostPort);
        await unlucky.ClosedAsync();

        using var scu = await TestScu.AssociatedAsync(listener.HostPort, DicomUids.Verification);
        Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
    }

    private static RecordingNet Welcoming(DicomNetOptions? options)
    {
        var client = new RecordingNet(options);
        return client.Override("OnReceiveAssociateRequest", call =>
            client.SendAssociateAccept(((DicomAssociate)call.Arguments[0]!).CreateAcceptAll()));
    }

    private static DicomNetOptions? Options(bool logs) => logs ? null : LogsInVain;

    private sealed class ThrowingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException("The test's log has failed.");

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel == LogLevel.Warning ? throw new InvalidOperationException("The test's log has failed.") : true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InsufficientMemoryException("The test's log has failed.");
    }
}
