using System.Buffers.Binary;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Associations;
using Dicom.Net.Tests.Dimse;
using Dicom.Net.Tests.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Attacks;

/// <summary>
/// Reads and writes out of bounds by lengths within PDUs (DCMTK 48d00326a, a6aa2ae8b, 10428a74e, 1549d8ccc; CVE-2015-8979): every length field
/// wrong in every way, and each gets an answer; some stacks never gave one. The readers by themselves: <see cref="HostileInputTests"/>.
/// </summary>
public sealed class InnerLengthTests
{
    private static readonly UserInformation Everything = new()
    {
        MaximumLength = 16384,
        ImplementationClassUid = "1.2.3",
        ImplementationVersionName = "VERSION",
        AsynchronousOperationsWindow = new(3, 3),
        RoleSelections = [new(WireBytes.CTImageStorage, true, true)],
        ExtendedNegotiations = [new(WireBytes.CTImageStorage, new byte[] { 1, 2, 3 })],
    };

    private static readonly byte[] Request = WireBytes.Of(WireBytes.Request() with
    {
        UserInformation = Everything with
        {
            CommonExtendedNegotiations = [new(WireBytes.CTImageStorage, "1.2.840.10008.4.2", ["1.2.3", "1.2.4"])],
            UserIdentity = new(UserIdentityType.UsernameAndPasscode, true, "name"u8.ToArray(), "code"u8.ToArray()),
        },
    });

    private static readonly byte[] Accept = WireBytes.Of(
        WireBytes.Answer(WireBytes.Request()) with { UserInformation = Everything with { UserIdentityResponse = new(new byte[] { 1, 2 }) } });

    public static TheoryData<int> FieldsOfARequest => [.. LengthFields.Of(Request)];

    public static TheoryData<int> FieldsOfAnAccept => [.. LengthFields.Of(Accept)];

    [Fact]
    public void Fields_OfTheSamples_AreOfEveryItem()
    {
        // Application context; two contexts with their abstract syntax and three transfer syntaxes; user information with its eight
        // sub-items, and in four of them 1, 1, 5 and 2 fields.
        Assert.Equal(1 + (2 + 2 + 3) + (1 + 8) + (1 + 1 + 5 + 2), LengthFields.Of(Request).Count());
        Assert.Equal(1 + (2 + 2) + (1 + 7) + (1 + 1 + 1), LengthFields.Of(Accept).Count());
    }

    [Theory]
    [MemberData(nameof(FieldsOfARequest))]
    public async Task AssociateRequest_InnerLengthIsWrong_IsAcceptedOrAborted(int at)
    {
        foreach (var wrong in Wrong(LengthFields.At(Request, at)))
        {
            await using var driver = new InlineDriver();
            driver.Deliver(With(Request, at, wrong));
            Assert.Contains(Assert.Single(driver.TakeSent()).ToString(), (string[])["AAssociateAc", "AAbort 0/0"]);
        }
    }

    [Theory]
    [MemberData(nameof(FieldsOfAnAccept))]
    public async Task AssociateAccept_InnerLengthIsWrong_IsTakenOrAborted(int at)
    {
        foreach (var wrong in Wrong(LengthFields.At(Accept, at)))
        {
            await using var driver = InlineDriver.Requesting();
            driver.Deliver(With(Accept, at, wrong));
            Assert.True(driver.Port.IsAssociated || Assert.Single(driver.TakeSent()).Type == PduType.AAbort);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(0L)]
    [InlineData(0xFFFFL)]
    [InlineData(0x7FFFFFFFL)]
    [InlineData(0x80000000L)]
    [InlineData(0xFFFFFFFFL)]
    public async Task PduLength_IsWrong_IsAnsweredOrEndsInTime(long length)
    {
        byte[][] pdus = [Request, WireBytes.EchoRq(1), WireBytes.ReleaseRq, WireBytes.Abort(), Accept, WireBytes.Reject(1, 1, 1)];
        foreach (var pdu in pdus)
        {
            var right = pdu.Length - RawPdu.HeaderSize;
            var wrong = pdu.ToArray();
            BinaryPrimitives.WriteUInt32BigEndian(wrong.AsSpan(2), (uint)(length is -1 or 1 ? right + length : length));
            foreach (var driver in (InlineDriver[])[new(), InlineDriver.Associated(), InlineDriver.Requesting()])
            {
                await AssertEndsInTimeAsync(driver, wrong);
            }
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0xFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFFEu)]
    [InlineData(0xFFFFFFFFu)]
    public async Task PdvLength_IsWrong_IsAborted(uint length)
    {
        var pdu = TwoPdvs(out var second);
        foreach (var at in (int[])[RawPdu.HeaderSize, second])
        {
            var right = BinaryPrimitives.ReadUInt32BigEndian(pdu.AsSpan(at));
            foreach (var wrong in (uint[])[length, right - 1, right + 1])
            {
                var changed = pdu.ToArray();
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), wrong);
                await using var driver = InlineDriver.Associated();
                driver.Deliver(changed);
                driver.ExpectSent("AAbort 2/6");
                Assert.DoesNotContain("Message", driver.Handler.Names);
            }
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(0xFFFFFFFFu)]
    public async Task CommandElementLength_IsWrong_IsAborted(uint length)
    {
        var command = RawCommand.CStoreRq().Bytes();
        for (var at = 4; at < command.Length; at += 8 + BinaryPrimitives.ReadInt32LittleEndian(command.AsSpan(at)))
        {
            var right = BinaryPrimitives.ReadUInt32LittleEndian(command.AsSpan(at));
            foreach (var wrong in (uint[])[length, right - 1, right + 1])
            {
                var changed = command.ToArray();
                BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(at), wrong);
                await using var driver = InlineDriver.Associated();
                driver.Deliver(WireBytes.PData(WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastCommand, changed)));
                driver.ExpectSent("AAbort 2/6");
            }
        }
    }

    private static async Task AssertEndsInTimeAsync(InlineDriver driver, byte[] pdu)
    {
        await using (driver)
        {
            driver.Deliver(pdu);
            // What was begun has 60 seconds, and what was aborted 30 to be closed by the peer (the defaults).
            await Eventually.True(() =>
            {
                driver.Time.Advance(TimeSpan.FromSeconds(30));
                return driver.Ended.IsCompleted || driver.Port.IsAssociated;
            });
            Assert.True(driver.Ended.IsCompleted || driver.TakeSent() is [] or [{ Type: PduType.PDataTf }]);
        }
    }

    private static byte[] TwoPdvs(out int second)
    {
        var command = WireBytes.Bytes(Net.Dimse.CommandSet.CEchoRq(1, WireBytes.Verification));
        var first = WireBytes.Pdv(WireBytes.EchoContext, WireBytes.Command, command[..20]);
        second = RawPdu.HeaderSize + first.Length;
        return WireBytes.PData(first, WireBytes.Pdv(WireBytes.EchoContext, WireBytes.LastCommand, command[20..]));
    }

    private static IEnumerable<ushort> Wrong(ushort right) =>
        ((ushort[])[(ushort)(right - 1), (ushort)(right + 1), 0, 0x7FFF, 0xFFFF]).Where(wrong => wrong != right);

    private static byte[] With(byte[] pdu, int at, ushort length)
    {
        var changed = pdu.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at), length);
        return changed;
    }
}
