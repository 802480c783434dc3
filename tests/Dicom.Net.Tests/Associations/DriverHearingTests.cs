using Dicom.Net.Associations;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>No time limit cuts a peer whose bytes have come and were not yet looked at; and nobody lives for ever by that.</summary>
public sealed class DriverHearingTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Artim_RequestHasComeAndNoThreadIsFree_WaitsUntilItIsRead()
    {
        await using var driver = new InlineDriver();
        driver.Connection.DeliverUnnoticed(WireBytes.Of(WireBytes.Request()));
        driver.Time.Advance(30 * Second);
        driver.Time.Advance(100 * Second);
        Assert.False(driver.Connection.IsClosed);

        driver.Connection.Notice();

        driver.ExpectSent("AAssociateAc");
        driver.Time.Advance(100 * Second);
        Assert.True(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task Artim_WhatHadComeIsReadAndWasNotEnough_Closes()
    {
        var request = WireBytes.Of(WireBytes.Request());
        await using var driver = new InlineDriver();
        driver.Connection.DeliverUnnoticed(request.AsMemory(0, 20));
        driver.Time.Advance(30 * Second);
        driver.Connection.Notice();

        // More has come since; but it came too late.
        driver.Connection.DeliverUnnoticed(request.AsMemory(20, 20));
        Assert.False(driver.Connection.IsClosed);
        driver.Time.Advance(Second);

        Assert.True(driver.Connection.IsClosed);
        await driver.Ended.WithTimeout();
        Assert.Equal(AssociationEndKind.ArtimExpired, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Artim_InSta13_WaitsForNothing()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.Header(9, 1));
        driver.ExpectSent("AAbort 2/1");
        driver.Connection.DeliverUnnoticed(new byte[100]);
        driver.Time.Advance(30 * Second);
        Assert.True(driver.Connection.IsClosed);
    }

    [Fact]
    public async Task Pdu_RestHasComeAndNoThreadIsFree_CountsAsInTime()
    {
        var echo = WireBytes.EchoRq(1);
        await using var driver = InlineDriver.Associated();
        driver.Deliver(echo[..20]);
        driver.Connection.DeliverUnnoticed(echo.AsMemory(20));
        driver.Time.Advance(60 * Second);
        driver.Time.Advance(10 * Second);
        driver.ExpectSent();

        driver.Connection.Notice();

        driver.ExpectResponse(DicomCommandStatusType.Success);
        driver.Time.Advance(Limit);
        Assert.True(driver.Port.IsAssociated);
    }

    [Fact]
    public async Task Pdu_OneByteAtEachLimit_IsAbortedAllTheSame()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.Header(4, 1000));
        for (var i = 0; i < 60; i++)
        {
            driver.Connection.DeliverUnnoticed(new byte[1]);
            driver.Time.Advance(Second);
            driver.Connection.Notice();
        }

        driver.Connection.DeliverUnnoticed(new byte[1]);
        driver.Time.Advance(Second);
        driver.ExpectSent("AAbort 2/0");
    }

    [Fact]
    public async Task Message_NextFragmentHasCome_GoesOn()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.StoreRq(1));
        driver.Connection.DeliverUnnoticed(WireBytes.StoreData(true, 1, 2));
        driver.Time.Advance(60 * Second);
        driver.Time.Advance(60 * Second);
        driver.ExpectSent();

        driver.Connection.Notice();

        driver.ExpectResponse(DicomCommandStatusType.Success);
    }

    [Fact]
    public async Task WholeMessage_PeerThatNeverEnds_GainsNoMoreThanTheLook()
    {
        await using var driver = InlineDriver.Associated(options => options with { WholeMessageTimeout = 10 * Second });
        driver.Deliver(WireBytes.StoreRq(1));
        driver.Connection.DeliverUnnoticed(WireBytes.StoreData(false, 1, 2));
        driver.Time.Advance(10 * Second);
        driver.ExpectSent();
        driver.Connection.Notice();

        driver.Connection.DeliverUnnoticed(WireBytes.StoreData(false, 1, 2));
        driver.Time.Advance(Second);

        driver.ExpectSent("AAbort 2/0");
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.MessageTimeout, driver.Handler.End.Kind);
    }

    [Fact]
    public async Task Idle_RequestHasCome_IsAnsweredAndNotReleased()
    {
        await using var driver = InlineDriver.Associated(options => options with { IdleTimeout = Limit });
        driver.Connection.DeliverUnnoticed(WireBytes.EchoRq(1));
        driver.Time.Advance(Limit);
        driver.Time.Advance(10 * Second);
        driver.ExpectSent();

        driver.Connection.Notice();

        driver.ExpectResponse(DicomCommandStatusType.Success);
        driver.Time.Advance(Limit - Second);
        driver.ExpectSent();
        driver.Time.Advance(2 * Second);
        driver.ExpectSent("AReleaseRq");
    }
}
