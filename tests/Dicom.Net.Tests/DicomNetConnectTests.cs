using System.Net;
using System.Net.Sockets;
using Dicom.Net.Tests.Support;
using Dicom.Net.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests;

/// <summary>Connect: its outcome comes to OnConnect, exactly once.</summary>
public sealed class DicomNetConnectTests : IDisposable
{
    private readonly RecordingNet _scu = new();

    public void Dispose() => _scu.Dispose();

    [Fact]
    public async Task Connect_NobodyListens_IsRefused()
    {
        using var closed = new ClosedPort();

        Assert.Equal(DicomNetResult.Success, _scu.Connect(null, 0, "127.0.0.1", closed.Number));

        Assert.Equal(DicomExceptionCode.NetConnectionRefused, await OutcomeAsync());
        Assert.Contains($"127.0.0.1:{closed.Number}", _scu.LastError.Message, StringComparison.Ordinal);
        Assert.False(_scu.IsConnected());
    }

    [Fact]
    public async Task Connect_NameUnknown_IsHostNotFound()
    {
        _scu.Connect(null, 0, "no-such-host.invalid", 104).ThrowIfFailed(); // RFC 6761 §6.4

        Assert.Equal(DicomExceptionCode.NetHostNotFound, await OutcomeAsync());
    }

    [Fact]
    public async Task Connect_WhateverFails_IsToldAndTheObjectIsFree()
    {
        using var scu = new RecordingNet(new() { TimeProvider = new BrokenClock() });
        for (var i = 1; i <= 2; i++)
        {
            scu.Connect(null, 0, "127.0.0.1", 104).ThrowIfFailed();

            await Eventually.True(() => scu.Count("OnConnect") == i);
            Assert.Equal(DicomExceptionCode.NetFailure, scu.LastError.Code);
            Assert.Contains("The test broke the clock", scu.LastError.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Connect_PeerOfAnotherFamily_SaysSo()
    {
        _scu.Connect(null, 0, "::1", 104).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.NetAddressFamilyNotSupported, await OutcomeAsync());
    }

    [Fact]
    public async Task Connect_PeerDoesNotAnswer_TimesOutByTheOption()
    {
        var time = new FakeTimeProvider();
        using var meters = new TestMeterFactory();
        using var scu = new RecordingNet(new() { TimeProvider = time, MeterFactory = meters, ConnectTimeout = TimeSpan.FromSeconds(5) });
        using var full = FullListener.Create();

        scu.Connect(null, 0, "127.0.0.1", full.Port).ThrowIfFailed();
        await Eventually.True(() =>
        {
            // The limit begins on another thread: time passes until it has begun and gone by.
            time.Advance(TimeSpan.FromSeconds(1));
            return scu.Count("OnConnect") > 0;
        });

        Assert.Equal(DicomExceptionCode.NetTimeout, (await scu.CallOf("OnConnect")).Arguments[0]);
        Assert.Equal(0, scu.Count("OnClose"));
        Assert.Equal(1, meters.Sum("dicom.timeout", "dicom.timeout.kind=connect"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connect_ClosedWhileConnecting_TellsOnConnectOnce(bool dispose)
    {
        using var full = FullListener.Create();
        _scu.Connect(null, 0, "127.0.0.1", full.Port).ThrowIfFailed();
        Assert.Equal(DicomExceptionCode.InvalidState, _scu.Connect(null, 0, "127.0.0.1", full.Port).Code);

        if (dispose)
        {
            _scu.Dispose();
        }
        else
        {
            _scu.Close();
        }

        Assert.Equal(DicomExceptionCode.NetConnectionAborted, await OutcomeAsync());
        Assert.Equal(0, _scu.Count("OnClose"));
    }

    [Fact]
    public async Task Connect_FromALocalAddressAndPort_ComesFromThere()
    {
        using var listener = TestScp.InTheOldStyle(_ => { });
        var port = FreePort();

        _scu.Connect("127.0.0.3", port, "127.0.0.1", listener.HostPort).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.Success, await OutcomeAsync());
        Assert.Equal(("127.0.0.3", port), (_scu.HostAddress, _scu.HostPort));
        Assert.Equal(("127.0.0.1", listener.HostPort), (_scu.PeerAddress, _scu.PeerPort));
        await Eventually.True(() => listener.GetClient(0) is { } client && client.IsConnected());
        Assert.Equal(("127.0.0.3", port), (listener.GetClient(0)!.PeerAddress, listener.GetClient(0)!.PeerPort));
    }

    [Fact]
    public async Task Connect_FromALocalPortInUse_SaysWhich()
    {
        using var listener = TestScp.AcceptingAll();
        using var other = TestScp.AcceptingAll();

        _scu.Connect("127.0.0.1", other.HostPort, "127.0.0.1", listener.HostPort).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.NetAddressInUse, await OutcomeAsync());
        Assert.Contains($"from 127.0.0.1:{other.HostPort}", _scu.LastError.Message, StringComparison.Ordinal);
        Assert.Contains("in use", _scu.LastError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_FromAnAddressOfAnotherMachine_ListsThisMachines()
    {
        _scu.Connect("203.0.113.9", 0, "127.0.0.1", 104).ThrowIfFailed(); // RFC 5737: nobody's

        Assert.Equal(DicomExceptionCode.NetAddressNotAvailable, await OutcomeAsync());
        Assert.Contains("203.0.113.9", _scu.LastError.Message, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", _scu.LastError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_FromAnAddressOfAnotherFamilyThanThePeers_SaysSo()
    {
        _scu.Connect("127.0.0.1", 0, "::1", 104, IpType.IPv4OrIPv6).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.NetAddressFamilyNotSupported, await OutcomeAsync());
        Assert.Contains("family", _scu.LastError.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_ByIPv6_IsConnected()
    {
        Loopback.SkipWithoutIPv6();
        using var listener = new DicomNet(null, DicomNetSecurityMode.None);
        listener.Listen("::1", 0, 1, IpType.IPv6).ThrowIfFailed();

        _scu.Connect(null, 0, "::1", listener.HostPort, IpType.IPv6).ThrowIfFailed();

        Assert.Equal(DicomExceptionCode.Success, await OutcomeAsync());
        Assert.Equal("::1", _scu.PeerAddress);
    }

    [Theory]
    [InlineData(0, "127.0.0.1", 0, IpType.IPv4)]
    [InlineData(0, "127.0.0.1", 65536, IpType.IPv4)]
    [InlineData(-1, "127.0.0.1", 104, IpType.IPv4)]
    [InlineData(65536, "127.0.0.1", 104, IpType.IPv4)]
    [InlineData(0, "", 104, IpType.IPv4)]
    [InlineData(0, "127.0.0.1", 104, IpType.None)]
    public void Connect_ParameterThatCannotBeRight_IsRefusedAtOnce(int hostPort, string peer, int peerPort, IpType ipType)
    {
        Assert.Equal(DicomExceptionCode.Parameter, _scu.Connect(null, hostPort, peer, peerPort, ipType).Code);
        _scu.ThrowOnError = true;
        var error = Assert.Throws<DicomException>(() => _scu.Connect(null, hostPort, peer, peerPort, ipType));
        Assert.Equal(DicomExceptionCode.Parameter, error.Code);
        Assert.Empty(_scu.Calls);
    }

    [Fact]
    public async Task Connect_AgainAfterTheFirstEnded_IsAsGoodAsTheFirst()
    {
        using var listener = TestScp.AcceptingAll();
        using var scu = new TestScu();
        for (var round = 0; round < 3; round++)
        {
            await scu.AssociateAsync(listener.HostPort, TestScu.Request(DicomUids.Verification));
            Assert.True(scu.Net.IsConnected());
            Assert.True(scu.Net.IsAssociated());
            Assert.Equal(DicomCommandStatusType.Success, await scu.EchoAsync());
            await scu.ReleaseAsync();
            Assert.False(scu.Net.IsConnected());
        }

        Assert.True(scu.IsQuiet);
    }

    [Fact]
    public async Task Connect_AfterAFailure_IsAsGoodAsTheFirst()
    {
        using var listener = TestScp.AcceptingAll();
        using var closed = new ClosedPort();
        _scu.Connect(null, 0, "127.0.0.1", closed.Number).ThrowIfFailed();
        Assert.Equal(DicomExceptionCode.NetConnectionRefused, await OutcomeAsync());

        _scu.Connect(null, 0, "127.0.0.1", listener.HostPort).ThrowIfFailed();

        await Eventually.True(() => _scu.Count("OnConnect") == 2);
        Assert.Equal(DicomExceptionCode.Success, _scu.Calls.Last().Arguments[0]);
        Assert.Equal(DicomExceptionCode.InvalidState, _scu.Connect(null, 0, "127.0.0.1", listener.HostPort).Code);
    }

    private async Task<DicomExceptionCode> OutcomeAsync()
    {
        var call = await _scu.CallOf("OnConnect");
        Assert.Equal(1, _scu.Count("OnConnect"));
        return (DicomExceptionCode)call.Arguments[0]!;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.3"), 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>A socket whose queue is full: who connects to it gets no answer.</summary>
    private sealed class FullListener : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _waiting = [];

        public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

        public static FullListener Create()
        {
            var full = new FullListener();
            full._socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            full._socket.Listen(0);
            while (full.TryFill())
            {
                Assert.True(full._waiting.Count < 16, "This system's queue of connections cannot be filled.");
            }

            return full;
        }

        public void Dispose()
        {
            _waiting.ForEach(socket => socket.Dispose());
            _socket.Dispose();
        }

        private bool TryFill()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _waiting.Add(socket);
            socket.Blocking = false;
            try
            {
                // The system answers itself before the call returns, if at all; how busy the machine is does not matter.
                socket.Connect(IPAddress.Loopback, Port);
                return true;
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                return socket.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectWrite);
            }
        }
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            throw new InvalidOperationException("The test broke the clock.");
    }
}
