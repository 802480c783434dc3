using System.Net;
using System.Net.Sockets;
using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

/// <summary>A machine as the test states it.</summary>
internal sealed class FakeNetworkFacts : INetworkFacts
{
    public bool SupportsIPv4 { get; init; } = true;

    public bool SupportsIPv6 { get; init; } = true;

    public LocalAddress[] Own { get; init; } = [];

    public Dictionary<string, string[]> Names { get; init; } = [];

    public IReadOnlyList<LocalAddress> LocalAddresses() => Own;

    public IReadOnlyList<IPAddress> Resolve(string name)
        => Names.TryGetValue(name, out var addresses)
            ? [.. addresses.Select(IPAddress.Parse)]
            : throw new SocketException((int)SocketError.HostNotFound);

    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellationToken) => new(Resolve(name));

    public static LocalAddress Local(string address, string interfaceName, bool isOfDefaultRoute = false)
        => new(IPAddress.Parse(address), interfaceName, isOfDefaultRoute);
}
