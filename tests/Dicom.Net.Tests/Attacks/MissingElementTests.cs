using Dicom.Net.Dimse;
using Dicom.Net.Tests.Associations;
using Dicom.Net.Tests.Dimse;
using Dicom.Net.Tests.Services;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Null dereferences: messages that lack what they must have (CVE-2022-2121, CVE-2024-34508, CVE-2025-14841 and others). The reader by itself:
/// <see cref="CommandSetHostileTests"/>.
/// </summary>
public sealed class MissingElementTests
{
    private const ushort CommandDataSetType = 0x0800;

    public static TheoryData<int> EveryMessage => [.. RawCommand.Minimal.Select(message => message.Field)];

    /// <summary>C-CANCEL has no response (PS3.7 §9.3.2.3).</summary>
    public static TheoryData<int> EveryRequest =>
        [.. RawCommand.Minimal.Select(message => message.Field).Where(number => number < 0x8000 && number != (int)CommandField.CCancelRq)];

    [Theory]
    [MemberData(nameof(EveryMessage))]
    public async Task Driver_MandatoryElementIsMissing_AbortsAndTellsNobody(int field)
    {
        var message = RawCommand.Of(field);
        foreach (var number in message.Numbers)
        {
            foreach (var faulty in (RawCommand[])[message.Without(number), message.Without(number).With(number)])
            {
                await using var driver = InlineDriver.Associated();
                driver.Deliver(Command(faulty));
                driver.ExpectSent("AAbort 2/6");
                Assert.DoesNotContain("Message", driver.Handler.Names);
            }
        }
    }

    [Theory]
    [MemberData(nameof(EveryMessage))]
    public async Task Driver_EveryElementIsEmpty_AbortsAndTellsNobody(int field)
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(Command(RawCommand.Of(field).Numbers.Aggregate(new RawCommand(), (message, number) => message.With(number))));
        driver.ExpectSent("AAbort 2/6");
        Assert.DoesNotContain("Message", driver.Handler.Names);
    }

    [Theory]
    [MemberData(nameof(EveryRequest))]
    public Task Request_WithoutADataSet_IsAnsweredAndTheAssociationGoesOn(int field) => AssertAnsweredAsync(field, hasDataSet: false);

    [Theory]
    [MemberData(nameof(EveryRequest))]
    public Task Request_WithADataSet_IsAnsweredAndTheAssociationGoesOn(int field) => AssertAnsweredAsync(field, hasDataSet: true);

    [Theory]
    [MemberData(nameof(EveryRequest))]
    public async Task Request_UidsAreEmpty_IsAnsweredOrAborted(int field)
    {
        var message = RawCommand.Of(field);
        foreach (var number in message.Numbers.Where(number => number is 0x0002 or 0x0003 or 0x1000 or 0x1001))
        {
            using var listener = Listening();
            await using var scu = await RawScu.AssociatedAsync(listener.HostPort);

            // Nothing is left of it when its padding is taken away.
            await scu.Peer.SendAsync(Command(message.Without(number).Text(number, "\0\0").Us(CommandDataSetType, 0x0101)));

            var answer = await scu.Peer.ReceiveAsync();
            Assert.True(answer.ToString() == "AAbort 2/6" || !WireBytes.CommandOf(answer).Status!.Value.IsSuccess(), answer.ToString());
        }
    }

    [Fact]
    public async Task CommandSet_OfNoElementAtAll_IsAborted()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastCommand)));
        driver.ExpectSent("AAbort 2/6");
    }

    private static async Task AssertAnsweredAsync(int field, bool hasDataSet)
    {
        using var listener = Listening();
        await using var scu = await RawScu.AssociatedAsync(listener.HostPort);
        var message = RawCommand.Of(field).Without(CommandDataSetType).Us(CommandDataSetType, hasDataSet ? 1 : 0x0101);

        await scu.Peer.SendAsync(hasDataSet ? [Command(message), RawScu.FindIdentifier] : [Command(message)]);

        var answer = WireBytes.CommandOf(await scu.Peer.ReceiveAsync());
        Assert.Equal((CommandField)(field | 0x8000), answer.CommandField);
        Assert.False(answer.Status!.Value.IsPending());
        Assert.Equal(DicomCommandStatusType.Success, await scu.Peer.EchoAsync(100));
    }

    /// <summary>An application that looks into whatever data set it is told of.</summary>
    private static DicomNet Listening()
    {
        var listener = TestScp.AcceptingAll(new() { AllowsUnagreedRoles = true });
        listener.CStoreRequestReceived += (_, e) => Assert.NotNull(e.DataSet!.ToList());
        listener.CFindRequestReceived += (_, e) => Assert.NotNull(e.DataSet!.ToList());
        listener.CMoveRequestReceived += (_, e) => Assert.NotNull(e.DataSet!.ToList());
        listener.CGetRequestReceived += (_, e) => Assert.NotNull(e.DataSet!.ToList());
        listener.NSetRequestReceived += (_, e) => e.DataSet?.ToList();
        listener.NCreateRequestReceived += (_, e) => e.DataSet?.ToList();
        listener.NActionRequestReceived += (_, e) => e.DataSet?.ToList();
        listener.NReportRequestReceived += (_, e) => e.DataSet?.ToList();
        return listener;
    }

    private static byte[] Command(RawCommand message) =>
        WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastCommand, message.Bytes()));
}
