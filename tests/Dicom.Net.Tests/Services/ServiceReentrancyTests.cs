using System.Collections.Concurrent;
using Dicom.Net.Tests.Support;
using static Dicom.Net.Tests.Services.ServicePair;

namespace Dicom.Net.Tests.Services;

/// <summary>
/// Anything at all done from inside the callbacks of every DIMSE service, by one thread and by ten at once: no dead-lock, and each side
/// ends with one OnClose.
/// </summary>
public sealed class ServiceReentrancyTests
{
    private const int Threads = 10; // as the requirement says

    // Of each service: its name, and the request that brings it about. The acceptor answers it, which brings about the response.
    private static readonly Dictionary<string, Func<DicomNet, DicomNetResult>> Requests = new()
    {
        ["CEcho"] = net => net.SendCEchoRequest(Context, net.NextMessageID(), SopClass),
        ["CStore"] = net => net.SendCStoreRequest(
            Context, net.NextMessageID(), SopClass, Instance, DicomCommandPriorityType.Medium, null, 0, Saying("x")),
        ["CFind"] = net => net.SendCFindRequest(Context, net.NextMessageID(), SopClass, DicomCommandPriorityType.Medium, Saying("x")),
        ["CGet"] = net => net.SendCGetRequest(Context, net.NextMessageID(), SopClass, DicomCommandPriorityType.Medium, Saying("x")),
        ["CMove"] = net => net.SendCMoveRequest(
            Context, net.NextMessageID(), SopClass, DicomCommandPriorityType.Medium, "ELSEWHERE", Saying("x")),
        ["NReport"] = net => net.SendNReportRequest(Context, net.NextMessageID(), SopClass, Instance, 1, Saying("x")),
        ["NGet"] = net => net.SendNGetRequest(Context, net.NextMessageID(), SopClass, Instance, []),
        ["NSet"] = net => net.SendNSetRequest(Context, net.NextMessageID(), SopClass, Instance, Saying("x")),
        ["NAction"] = net => net.SendNActionRequest(Context, net.NextMessageID(), SopClass, Instance, 1, Saying("x")),
        ["NCreate"] = net => net.SendNCreateRequest(Context, net.NextMessageID(), SopClass, Instance, Saying("x")),
        ["NDelete"] = net => net.SendNDeleteRequest(Context, net.NextMessageID(), SopClass, Instance),
    };

    private static readonly Dictionary<string, Action<DicomNet>> Deeds = new()
    {
        ["Close"] = net => net.Close(),
        ["Dispose"] = net => net.Dispose(),
        ["CloseForced"] = net => net.CloseForced(true),
        ["SendAbort"] = net => net.SendAbort(DicomAbortSourceType.User, DicomAbortReasonType.Unknown),
        ["SendReleaseRequest"] = net => net.SendReleaseRequest(),
        ["SendEverything"] = SendEverything,
        ["ConnectAgain"] = net => net.Connect(null, 0, "127.0.0.1", 1),
        ["DisposeOfTheListener"] = net => net.Server?.Dispose(),
        ["CloseAsyncOfTheListener"] = net => _ = net.Server?.CloseAsync(TimeSpan.Zero),
        ["Throw"] = _ => throw new InvalidOperationException("The test's."),
    };

    public static TheoryData<string, string, bool> Cases()
    {
        var cases = new TheoryData<string, string, bool>();
        foreach (var service in Requests.Keys)
        {
            foreach (var deed in Deeds.Keys)
            {
                cases.Add(service, deed, false);
                cases.Add(service, deed, true);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task RequestsCallback_DoesAnything_EndsWithOneOnClose(string service, string deed, bool byTen)
    {
        using var meeting = new Meeting();
        meeting.WhenAsked = net => Do(deed, net, byTen);

        await meeting.AskAsync(service);
        await Eventually.True(() => meeting.HasBeenAsked);

        await meeting.EndsAsync();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task ResponsesCallback_DoesAnything_EndsWithOneOnClose(string service, string deed, bool byTen)
    {
        using var meeting = new Meeting();
        meeting.WhenAnswered = net => Do(deed, net, byTen);

        await meeting.AskAsync(service);
        await Eventually.True(() => meeting.HasBeenAnswered);

        await meeting.EndsAsync();
    }

    [Theory]
    [InlineData("Close")]
    [InlineData("Dispose")]
    [InlineData("CloseForced")]
    [InlineData("SendAbort")]
    [InlineData("SendReleaseRequest")]
    public async Task TenThreads_SendWhileOneEndsTheAssociation_AllReturn(string deed)
    {
        var cancelled = TestContext.Current.CancellationToken;
        for (var round = 0; round < 10; round++) // arbitrary: the races of this are narrow
        {
            using var meeting = new Meeting();
            await meeting.AskAsync("CEcho");
            await Eventually.True(() => meeting.HasBeenAnswered);

            await Task.WhenAll(
            [
                .. Enumerable.Range(0, Threads).Select(_ => Task.Run(() => SendEverything(meeting.Scu), cancelled)),
                Task.Run(() => Deeds[deed](meeting.Scu), cancelled),
                Task.Run(() => Deeds[deed](meeting.Scp), cancelled),
            ]).WithTimeout();

            await meeting.EndsAsync();
        }
    }

    private static void Do(string deed, DicomNet net, bool byTen)
    {
        if (!byTen)
        {
            Deeds[deed](net);
            return;
        }

        // The callback waits for them: what needs it to return first would stand still here.
        var deeds = Enumerable.Range(0, Threads).Select(_ => new Thread(() => Attempt(deed, net)) { IsBackground = true }).ToList();
        deeds.ForEach(thread => thread.Start());
        Assert.All(deeds, thread => Assert.True(thread.Join(Timeouts.Default), $"{deed} does not return"));
    }

    private static void Attempt(string deed, DicomNet net)
    {
        try
        {
            Deeds[deed](net);
        }
        catch (InvalidOperationException)
        {
            // The test's; on a thread of its own it would end the process.
        }
    }

    private static void SendEverything(DicomNet net)
    {
        foreach (var request in Requests.Values)
        {
            request(net);
        }

        net.SendCCancelRequest(Context, 1);
    }

    // Events are reported by an SCP (PS3.7 §10.1.1): here the one who associates is to ask for everything.
    private static DicomNetOptions AnyRole => new() { AllowsUnagreedRoles = true };

    /// <summary>An SCU and an SCP that answers everything with success; either does something once, in the midst of that.</summary>
    private sealed class Meeting : IDisposable
    {
        private readonly ConcurrentQueue<DicomNet> _closed = new();
        private readonly DicomNet _listener = TestScp.AcceptingAll(AnyRole);
        private readonly TestScu _scu = new(AnyRole);
        private Action<DicomNet>? _whenAsked, _whenAnswered;

        public Meeting()
        {
            Answer(_listener);
            Listen(_scu.Net);
            _listener.Closed += (_, e) => _closed.Enqueue(e.Net);
            _scu.Net.Closed += (_, e) => _closed.Enqueue(e.Net);
        }

        public DicomNet Scu => _scu.Net;

        public DicomNet Scp { get; private set; } = null!;

        public bool HasBeenAsked { get; private set; }

        public bool HasBeenAnswered { get; private set; }

        public Action<DicomNet> WhenAsked
        {
            set => _whenAsked = value;
        }

        public Action<DicomNet> WhenAnswered
        {
            set => _whenAnswered = value;
        }

        public async Task AskAsync(string service)
        {
            await _scu.AssociateAsync(_listener.HostPort, TestScu.Request(SopClass));
            Scp = _listener.GetClient(0)!;
            Requests[service](Scu).ThrowIfFailed();
        }

        /// <summary>Where the deed has not ended it, the SCU does; then each side has told it once.</summary>
        public async Task EndsAsync()
        {
            Scu.Close();
            await Eventually.True(() => _closed.Count >= 2 && !Scu.IsConnected() && _listener.GetClientCount() == 0);
            Assert.Equal(2, _closed.Distinct().Count());
            Assert.Equal(2, _closed.Count);
        }

        public void Dispose()
        {
            _scu.Dispose();
            _listener.Dispose();
        }

        private void Answer(DicomNet net)
        {
            net.CEchoRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success));
            net.CStoreRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success));
            net.CFindRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success));
            net.CGetRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success, 0, 0, 0, 0));
            net.CMoveRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success, 0, 0, 0, 0));
            net.NReportRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success));
            net.NGetRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success));
            net.NSetRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success));
            net.NActionRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success));
            net.NCreateRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success, Instance));
            net.NDeleteRequestReceived += (_, e) => Ask(e, () => e.Respond(DicomCommandStatusType.Success));
        }

        private void Listen(DicomNet net)
        {
            net.CEchoResponseReceived += (_, _) => Tell();
            net.CStoreResponseReceived += (_, _) => Tell();
            net.CFindResponseReceived += (_, _) => Tell();
            net.CGetResponseReceived += (_, _) => Tell();
            net.CMoveResponseReceived += (_, _) => Tell();
            net.NReportResponseReceived += (_, _) => Tell();
            net.NGetResponseReceived += (_, _) => Tell();
            net.NSetResponseReceived += (_, _) => Tell();
            net.NActionResponseReceived += (_, _) => Tell();
            net.NCreateResponseReceived += (_, _) => Tell();
            net.NDeleteResponseReceived += (_, _) => Tell();
        }

        private void Ask(DicomRequestEventArgs request, Func<DicomNetResult> answer)
        {
            if (Interlocked.Exchange(ref _whenAsked, null) is { } deed)
            {
                try
                {
                    deed(request.Net);
                }
                finally
                {
                    HasBeenAsked = true;
                }
            }

            answer();
        }

        private void Tell()
        {
            var deed = Interlocked.Exchange(ref _whenAnswered, null);
            try
            {
                deed?.Invoke(Scu);
            }
            finally
            {
                HasBeenAnswered = true;
            }
        }
    }
}
