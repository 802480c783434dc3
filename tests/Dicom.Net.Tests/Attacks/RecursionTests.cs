using System.Buffers.Binary;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.DataSets;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Sequences that nest so deep that a reader calling itself runs out of stack, which ends a process (DCMTK #1191). Data sets by themselves:
/// <see cref="SequenceTests"/>.
/// </summary>
public sealed class RecursionTests
{
    private const int Levels = 10_000;

    // Referenced Study Sequence, and one item in it: in implicit VR little endian, eight bytes each.
    private static readonly byte[] Sequence = EncodedBytes.Tag(0x00081110), Item = EncodedBytes.Tag(0xFFFEE000);

    /// <summary>The services that bring a data set, each with both kinds of lengths.</summary>
    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var service in Requests.Keys)
            {
                cases.Add(service, true);
                cases.Add(service, false);
            }

            return cases;
        }
    }

    private static Dictionary<string, CommandSet> Requests { get; } = new()
    {
        ["C-STORE"] = CommandSet.CStoreRq(1, WireBytes.Verification, "1.2.3"),
        ["C-FIND"] = CommandSet.CFindRq(1, WireBytes.Verification),
        ["C-MOVE"] = CommandSet.CMoveRq(1, WireBytes.Verification, "OTHER"),
        ["C-GET"] = CommandSet.CGetRq(1, WireBytes.Verification),
        ["N-SET"] = CommandSet.NSetRq(1, WireBytes.Verification, "1.2.3"),
        ["N-CREATE"] = CommandSet.NCreateRq(1, WireBytes.Verification, "1.2.3", hasDataSet: true),
        ["N-ACTION"] = CommandSet.NActionRq(1, WireBytes.Verification, "1.2.3", 1, hasDataSet: true),
        ["N-EVENT-REPORT"] = CommandSet.NEventReportRq(1, WireBytes.Verification, "1.2.3", 1, hasDataSet: true),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Request_NestsTenThousandDeep_FailsWhoReadsItAndTheAssociationLives(string service, bool hasDefinedLengths)
    {
        var outcome = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = TestScp.AcceptingAll(new() { AllowsUnagreedRoles = true });
        listener.DataReceived += (_, e) =>
        {
            if (e.DataSet is { } dataSet)
            {
                outcome.TrySetResult(Record.Exception(() => Walk(dataSet)));
            }
        };
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);
        var bytes = hasDefinedLengths ? NestedInDefinedLengths() : NestedInUndefinedLengths();

        await scu.Peer.SendAsync([
            RawScu.Command(Requests[service]),
            .. bytes.Chunk(16_000).Select(part => WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.Data, part))),
            WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastData)),
        ]);

        Assert.Contains("deeper", Assert.IsType<DataSetException>(await outcome.Task.WithTimeout()).Message, StringComparison.Ordinal);
        Assert.False(WireBytes.CommandOf(await scu.Peer.ReceiveAsync()).Status!.Value.IsSuccess());
        Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_WhatAPeerNestsTenThousandDeep_IsRefusedOrCopied(bool hasDefinedLengths)
    {
        var bytes = hasDefinedLengths ? NestedInDefinedLengths() : NestedInUndefinedLengths();
        using var dataSet = EncodedBytes.Parse(bytes, DicomUids.ImplicitVRLittleEndian);

        // To another transfer syntax every item has to be read; what is not changed need not be.
        Assert.Throws<DataSetException>(() => dataSet.Encode(DicomUids.ExplicitVRLittleEndian));
        using var unchanged = dataSet.Encode(DicomUids.ImplicitVRLittleEndian);
        Assert.Equal(bytes.Length, unchanged.Length);
    }

    [Fact]
    public void Encode_WhatTheApplicationNestsTooDeep_IsItsMistake()
    {
        var innermost = new DicomDataSet();
        for (var level = 0; level < Levels; level++)
        {
            var outer = new DicomDataSet();
            outer.SetItems(DicomTag.ReferencedSOPSequence, innermost);
            innermost = outer;
        }

        Assert.Throws<InvalidOperationException>(() => innermost.Encode(DicomUids.ExplicitVRLittleEndian));
    }

    private static void Walk(DicomDataSet dataSet)
    {
        foreach (var element in dataSet)
        {
            if (dataSet.TryGetItems(element.Tag, out var items))
            {
                items.ToList().ForEach(Walk);
            }
        }
    }

    private static byte[] NestedInUndefinedLengths()
    {
        byte[] open = [.. Sequence, .. EncodedBytes.UInt32(EncodedBytes.Undefined), .. Item, .. EncodedBytes.UInt32(EncodedBytes.Undefined)];
        return [.. Enumerable.Repeat(open, Levels).SelectMany(level => level)];
    }

    private static byte[] NestedInDefinedLengths()
    {
        var bytes = new byte[Levels * 16];
        for (var level = 0; level < Levels; level++)
        {
            var at = bytes.AsSpan(level * 16);
            Sequence.CopyTo(at);
            BinaryPrimitives.WriteInt32LittleEndian(at[4..], at.Length - 8);
            Item.CopyTo(at[8..]);
            BinaryPrimitives.WriteInt32LittleEndian(at[12..], at.Length - 16);
        }

        return bytes;
    }
}
