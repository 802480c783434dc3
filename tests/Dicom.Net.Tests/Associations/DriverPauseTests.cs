using Dicom.Net.Associations;
using Dicom.Net.Dimse;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>Pauses of reading, the time limits of what is awaited meanwhile, and an end that something goes wrong at.</summary>
public sealed class DriverPauseTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static TheoryData<byte[]> Halves => new()
    {
        { WireBytes.Header(4, 100) },
        { WireBytes.StoreRq(2) },
    };

    [Theory]
    [MemberData(nameof(Halves))]
    public async Task Driver_PauseThatEndsBeforeReadingStops_LeavesThePeerItsTimeLimit(byte[] half)
    {
        await using var driver = InlineDriver.Associated();
        driver.Handler.IsOverloaded = true;

        // The driver waits for the rest already when the callback asks for a pause; what is sent then ends it.
        driver.Handler.On("Message", message =>
        {
            using var request = (DimseMessage)message!;
            return default;
        });
        driver.Deliver([.. WireBytes.EchoRq(1), .. half]);
        driver.Handler.IsOverloaded = false;
        driver.Port.Send(
            WireBytes.EchoContext,
            WireBytes.Bytes(CommandSet.CEchoRsp(1, WireBytes.Verification, DicomCommandStatusType.Success)),
            null);
        driver.TakeSent();

        driver.Time.Advance(60 * Second);

        driver.ExpectSent("AAbort 2/0");
        await driver.EndAsync();
    }

    [Fact]
    public async Task Driver_PauseThatLasts_IsNotThePeersFault()
    {
        await using var driver = InlineDriver.Associated();
        driver.Handler.IsOverloaded = true;
        driver.Handler.On("Message", message =>
        {
            using var request = (DimseMessage)message!;
            return default;
        });

        // Reading stops after the PDU that had been awaited when the pause was asked for.
        driver.Deliver(WireBytes.EchoRq(1));
        driver.Deliver([.. WireBytes.EchoRq(2), .. WireBytes.Header(4, 100)]);
        driver.Time.Advance(600 * Second);

        driver.ExpectSent();
    }

    [Fact]
    public async Task Driver_ApplicationsStreamThatCannotBeClosed_DoesNotHideTheEnd()
    {
        await using var driver = InlineDriver.Associated(handler: new() { WantsDataStarting = true, Sink = new UncloseableStream() });
        driver.Deliver(WireBytes.StoreRq(1), WireBytes.StoreData(false, 1, 2, 3, 4));

        await driver.EndAsync();

        Assert.Equal(AssociationEndKind.ConnectionLost, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Driver_EndThatFails_IsToldAllTheSame()
    {
        await using var driver = InlineDriver.Associated(
            handler: new() { Ending = () => throw new InvalidOperationException("The test's.") });
        driver.ExpectedErrors = 1;

        await driver.EndAsync();

        Assert.Equal("Closed", driver.Handler.Names.Last());
    }
}
