using Dicom.Net.Associations;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Associations;

/// <summary>Points 61 to 63: release, abort and close.</summary>
public sealed class DriverReleaseTests
{
    [Fact]
    public async Task Driver_PeerReleases_IsAnsweredAndWaitedFor()
    {
        await using var driver = InlineDriver.Associated();
        driver.Deliver(WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRp");
        Assert.False(driver.Port.IsAssociated);
        Assert.False(driver.Connection.IsClosed);
        await driver.EndAsync();
        Assert.Equal(new(AssociationEndKind.Orderly), driver.Handler.End);
        Assert.Equal(["Connected", "AssociateRequest", "ReleaseRequest", "Closed"], driver.Handler.Names);
    }

    [Fact]
    public async Task Driver_WeRelease_TheConnectionIsClosedOnTheResponse()
    {
        await using var driver = InlineDriver.RequestorAssociated();
        Assert.Equal(SendOutcome.Queued, driver.Port.RequestRelease());
        driver.ExpectSent("AReleaseRq");
        Assert.Equal(SendOutcome.WrongState, driver.Port.RequestRelease());
        Assert.Equal(SendOutcome.WrongState, driver.Port.Send(1, new byte[10], null));
        driver.Deliver(WireBytes.ReleaseRp);
        await driver.Ended.WithTimeout();
        Assert.True(driver.Connection.IsClosed);
        Assert.Equal(new(AssociationEndKind.Orderly), driver.Handler.End);
    }

    [Fact]
    public async Task Driver_DataBeforeTheReleaseResponse_IsSent()
    {
        var handler = new RecordingHandler();
        handler.On("ReleaseRequest", _ => { });
        await using var driver = InlineDriver.Associated(handler: handler);
        driver.Deliver(WireBytes.ReleaseRq);
        Assert.Equal(SendOutcome.Queued, driver.Port.Send(1, new byte[10], null));
        Assert.Equal(SendOutcome.Queued, driver.Port.RespondRelease());
        driver.ExpectSent("PDataTf", "AReleaseRp");
    }

    [Fact]
    public async Task Driver_Point61CollisionAsRequestor_AnswersFirstThenWaits()
    {
        await using var driver = InlineDriver.RequestorAssociated();
        driver.Port.RequestRelease();
        driver.Deliver(WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRq", "AReleaseRp");
        Assert.False(driver.Connection.IsClosed);
        driver.Deliver(WireBytes.ReleaseRp);
        await driver.Ended.WithTimeout();
        Assert.Equal(["Connected", "AssociateAccept", "ReleaseRequest", "ReleaseResponse", "Closed"], driver.Handler.Names);
        Assert.Equal(new(AssociationEndKind.Orderly), driver.Handler.End);
    }

    [Fact]
    public async Task Driver_Point61CollisionAsAcceptor_WaitsFirstThenAnswers()
    {
        await using var driver = InlineDriver.Associated();
        driver.Port.RequestRelease();
        driver.Deliver(WireBytes.ReleaseRq);
        driver.ExpectSent("AReleaseRq");
        driver.Deliver(WireBytes.ReleaseRp);
        driver.ExpectSent("AReleaseRp");
        await driver.EndAsync();
        Assert.Equal(["Connected", "AssociateRequest", "ReleaseRequest", "ReleaseResponse", "Closed"], driver.Handler.Names);
        Assert.Equal(new(AssociationEndKind.Orderly), driver.Handler.End);
    }

    [Fact]
    public async Task Driver_Point61CollisionAsAcceptorAnsweredLate_IsAnswered()
    {
        var handler = new RecordingHandler();
        handler.On("ReleaseRequest", _ => { });
        await using var driver = InlineDriver.Associated(handler: handler);
        driver.Port.RequestRelease();
        driver.Deliver(WireBytes.ReleaseRq, WireBytes.ReleaseRp);
        driver.ExpectSent("AReleaseRq");
        Assert.Equal(SendOutcome.Queued, driver.Port.RespondRelease());
        driver.ExpectSent("AReleaseRp");
    }

    [Fact]
    public async Task Driver_Point63WhatComesAfterTheRejection_IsReadAndIgnored()
    {
        await using var driver = new InlineDriver();
        driver.Deliver(WireBytes.Of(WireBytes.Request() with { ProtocolVersion = 2 }));
        driver.ExpectSent("AAssociateRj 1/2/2");
        driver.Deliver(WireBytes.EchoRq(1), WireBytes.ReleaseRq);
        driver.ExpectSent();
        Assert.False(driver.Connection.IsClosed || driver.Connection.IsAborted);
        await driver.EndAsync();
        Assert.False(driver.Connection.IsAborted, "A reset could destroy the A-ASSOCIATE-RJ.");
    }

    [Fact]
    public async Task Driver_Point63AnotherFaultAfterTheAbort_SendsNothingBehindTheEnd()
    {
        await using var driver = InlineDriver.Associated();
        driver.Port.Close();
        driver.ExpectSent("AAbort 0/0");
        Assert.True(driver.Connection.HasShutDown);
        driver.Deliver(WireBytes.Of(WireBytes.Request()), WireBytes.Header(0xFF, 1));
        driver.ExpectSent();
        Assert.False(driver.Connection.IsAborted);
        await driver.EndAsync();
    }

    [Fact]
    public async Task Abort_OurOwn_GoesOutWithTheBytesGivenAndDropsWhatWaits()
    {
        await using var driver = InlineDriver.Associated();
        driver.Connection.StallsSends = true;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(SendOutcome.Queued, driver.Port.Send(1, new byte[10], null));
        }

        Assert.Equal(SendOutcome.Queued, driver.Port.Abort(new(2, 4)));
        driver.Connection.StallsSends = false;
        driver.Connection.CompleteSend();
        driver.ExpectSent("PDataTf", "AAbort 2/4");
        Assert.Equal(SendOutcome.WrongState, driver.Port.Abort(AAbort.ByUser));
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.Aborted, driver.Handler.End.Kind);
        Assert.DoesNotContain("Abort", driver.Handler.Names);
    }

    [Fact]
    public async Task Close_BeforeAnyAssociation_SaysNothing()
    {
        await using var driver = new InlineDriver();
        driver.Port.Close();
        await driver.Ended.WithTimeout();
        driver.ExpectSent();
        Assert.Equal(new(AssociationEndKind.Orderly), driver.Handler.End);
    }

    [Fact]
    public async Task Close_WhileSending_ShutsDownAfterTheLastWord()
    {
        await using var driver = InlineDriver.Associated();
        driver.Connection.StallsSends = true;
        driver.Port.Send(1, new byte[10], null);
        driver.Port.Close();
        Assert.False(driver.Connection.HasShutDown);
        driver.Connection.StallsSends = false;
        driver.Connection.CompleteSend();
        Assert.True(driver.Connection.HasShutDown);
        driver.ExpectSent("PDataTf", "AAbort 0/0");
    }

    [Fact]
    public async Task CloseForced_Wishes_AreNotConnectedAtOnce()
    {
        await using var driver = InlineDriver.Associated();
        driver.Port.CloseForced();
        Assert.False(driver.Port.IsAssociated);
        Assert.Equal(SendOutcome.NotConnected, driver.Port.Send(1, new byte[10], null));
        Assert.Equal(SendOutcome.NotConnected, driver.Port.Abort(AAbort.ByUser));
        Assert.Equal(SendOutcome.NotConnected, driver.Port.RequestRelease());
        Assert.Equal(SendOutcome.NotConnected, driver.Port.RespondRelease());
        Assert.Equal(SendOutcome.NotConnected, driver.Port.Accept(WireBytes.Answer(WireBytes.Request())));
        Assert.Equal(SendOutcome.NotConnected, driver.Port.Reject(AAssociateRj.NoReasonGiven));
        await driver.Ended.WithTimeout();
        Assert.True(driver.Connection.IsAborted);
    }

    [Fact]
    public async Task Driver_PeerClosesMidAssociation_IsALostConnection()
    {
        await using var driver = InlineDriver.Associated();
        await driver.EndAsync();
        Assert.Equal(AssociationEndKind.ConnectionLost, driver.Handler.End.Kind);
        Assert.Equal(["Connected", "AssociateRequest", "Closed"], driver.Handler.Names);
    }

    [Fact]
    public async Task Send_ConnectionFails_EndsTheAssociation()
    {
        await using var driver = InlineDriver.Associated();
        driver.Connection.SendError = new IOException("The test broke the connection.");
        driver.Port.Send(1, new byte[10], null);
        await driver.Ended.WithTimeout();
        Assert.Equal((AssociationEndKind.ConnectionLost, driver.Connection.SendError), (driver.Handler.End.Kind, driver.Handler.End.Error));
    }
}
