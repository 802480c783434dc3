using System.Net;
using Dicom.Net.Fuzz.Inputs;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.Transport;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>
/// The header of a proxy, as a listener reads it: the outcome is a header or a <see cref="ProxyHeaderException"/>, and however it is cut, it has
/// the same length and nothing behind it is taken for a part of it.
/// </summary>
internal sealed class ProxyTarget : IFuzzTarget
{
    /// <summary>The longest there may be: nothing beyond is asked for.</summary>
    private const int LongestHeader = 4096;

    public string Name => "proxy";

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var header = Make(random);
        var bytes = fuzzCase.Input = random.OneIn(2) ? header : [.. header, .. random.NextBytes(random.Next(1, 40))];
        var allocations = new Allocations();
        try
        {
            if (LengthOf(bytes, random) is { } length && length <= bytes.Length)
            {
                Use(ProxyHeaderReader.Read(bytes.AsSpan(0, length)));
                fuzzCase.IsTaken = true;
            }
        }
        catch (ProxyHeaderException refusal)
        {
            TextTarget.RequirePrintable(refusal.Message);
        }

        allocations.RequireAtMost(30_000, 100, bytes.Length);
    }

    private static byte[] Make(FuzzRandom random) => random.Next(8) switch
    {
        0 => random.NextBytes(random.Next(100)),
        < 3 => Mutator.Mutate(random.Pick(Corpus.Shared.Of("proxy")), random.Pick(Corpus.Shared.Of("proxy")), random),
        _ => ProxyGrammar.Any(random, random.OneIn(3) ? -1 : random.Next(20)),
    };

    /// <summary>At every cut: unknown, and then always the same.</summary>
    private static int? LengthOf(byte[] bytes, FuzzRandom random)
    {
        int? told = null;
        for (var come = 0; come < bytes.Length; come += random.Next(1, 20))
        {
            var length = ProxyHeaderReader.LengthOf(bytes.AsSpan(0, come));
            FuzzFinding.Unless(told is null || length == told, $"After {come} bytes it has {length} bytes, and had {told}.");
            told = length;
        }

        var whole = ProxyHeaderReader.LengthOf(bytes);
        FuzzFinding.Unless(told is null || whole == told, $"It has {whole} bytes, and had {told} when less had come.");
        FuzzFinding.Unless(whole is null or (> 0 and <= LongestHeader), $"A header of {whole} bytes is let through.");
        return whole;
    }

    private static void Use(DicomProxyHeader header)
    {
        FuzzFinding.Unless(header.Version is 1 or 2, $"Version {header.Version}.");
        FuzzFinding.Unless(!header.IsLocal || header is { Source: null, Tls: null }, "A proxy that speaks for itself tells of somebody else.");
        foreach (var endPoint in (IPEndPoint?[])[header.Source, header.Destination])
        {
            FuzzFinding.Unless(endPoint is null || !endPoint.Address.IsIPv4MappedToIPv6, $"{endPoint} is an address of IPv4, and rules for those miss it.");
        }
    }
}
