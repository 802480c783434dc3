using Dicom.Net.Tests.Support;
using Dicom.Net.UpperLayer;
using static Dicom.Net.UpperLayer.UpperLayerEvent;
using static Dicom.Net.UpperLayer.UpperLayerState;

namespace Dicom.Net.Tests.UpperLayer;

public class UpperLayerMachineTests
{
    // The shortest way from Sta1 into each state, by role.
    private static readonly Dictionary<UpperLayerState, UpperLayerEvent[]> RequestorPaths = new()
    {
        [Sta1] = [],
        [Sta2] = [Evt5],
        [Sta3] = [Evt5, Evt6],
        [Sta4] = [Evt1],
        [Sta5] = [Evt1, Evt2],
        [Sta6] = [Evt1, Evt2, Evt3],
        [Sta7] = [Evt1, Evt2, Evt3, Evt11],
        [Sta8] = [Evt1, Evt2, Evt3, Evt12],
        [Sta9] = [Evt1, Evt2, Evt3, Evt11, Evt12],
        [Sta11] = [Evt1, Evt2, Evt3, Evt11, Evt12, Evt14],
        [Sta13] = [Evt1, Evt2, Evt3, Evt15],
    };

    private static readonly Dictionary<UpperLayerState, UpperLayerEvent[]> AcceptorPaths = new()
    {
        [Sta1] = [],
        [Sta2] = [Evt5],
        [Sta3] = [Evt5, Evt6],
        [Sta4] = [Evt1],
        [Sta5] = [Evt1, Evt2],
        [Sta6] = [Evt5, Evt6, Evt7],
        [Sta7] = [Evt5, Evt6, Evt7, Evt11],
        [Sta8] = [Evt5, Evt6, Evt7, Evt12],
        [Sta10] = [Evt5, Evt6, Evt7, Evt11, Evt12],
        [Sta12] = [Evt5, Evt6, Evt7, Evt11, Evt12, Evt13],
        [Sta13] = [Evt5, Evt6, Evt8],
    };

    [Theory]
    [InlineData(AssociationRole.Requestor)]
    [InlineData(AssociationRole.Acceptor)]
    public void Handle_EveryEventInEveryReachableState_DoesWhatTheTableSays(AssociationRole role)
    {
        foreach (var (state, path) in role is AssociationRole.Requestor ? RequestorPaths : AcceptorPaths)
        {
            foreach (var evt in Enum.GetValues<UpperLayerEvent>())
            {
                var machine = Walked(role, path);
                Assert.Equal(state, machine.State);
                var expected = Table9Dash10.ActionOf((int)evt, (int)state);
                Assert.Equal(expected is not "None", machine.CanHandle(evt));

                var transition = machine.Handle(evt);

                Assert.Equal(expected, transition.Action.ToString());
                Assert.Equal(ExpectedNext(expected, state, role), machine.State);
                Assert.Equal(machine.State, transition.Next);
            }
        }
    }

    [Fact]
    public void Handle_BlankCell_ChangesNothing()
    {
        var machine = Walked(AssociationRole.Requestor, [Evt1, Evt2]);

        Assert.False(machine.CanHandle(Evt9));
        Assert.Equal(new(UpperLayerAction.None, UpperLayerEffects.None, Sta5), machine.Handle(Evt9));
        Assert.Equal(Sta5, machine.State);
    }

    [Fact]
    public void Handle_RequestorsNormalAssociation_EndsIdle() => AssertWalk(
        AssociationRole.Requestor,
        [(Evt1, Sta4), (Evt2, Sta5), (Evt3, Sta6), (Evt9, Sta6), (Evt10, Sta6), (Evt11, Sta7), (Evt10, Sta7), (Evt13, Sta1)]);

    [Fact]
    public void Handle_AcceptorsNormalAssociation_EndsIdle() => AssertWalk(
        AssociationRole.Acceptor,
        [(Evt5, Sta2), (Evt6, Sta3), (Evt7, Sta6), (Evt10, Sta6), (Evt9, Sta6), (Evt12, Sta8), (Evt9, Sta8), (Evt14, Sta13),
            (Evt17, Sta1)]);

    [Fact]
    public void Handle_Point61ReleaseCollisionOfTheRequestor_AnswersThenAwaitsTheReply() => AssertWalk( // PS3.8 §7.2.2.7
        AssociationRole.Requestor,
        [(Evt1, Sta4), (Evt2, Sta5), (Evt3, Sta6), (Evt11, Sta7), (Evt12, Sta9), (Evt14, Sta11), (Evt13, Sta1)]);

    [Fact]
    public void Handle_Point61ReleaseCollisionOfTheAcceptor_AwaitsTheReplyThenAnswers() => AssertWalk( // PS3.8 §7.2.2.7
        AssociationRole.Acceptor,
        [(Evt5, Sta2), (Evt6, Sta3), (Evt7, Sta6), (Evt11, Sta7), (Evt12, Sta10), (Evt13, Sta12), (Evt14, Sta13), (Evt17, Sta1)]);

    [Fact]
    public void Handle_RejectionSeenByTheRequestor_EndsIdle() =>
        AssertWalk(AssociationRole.Requestor, [(Evt1, Sta4), (Evt2, Sta5), (Evt4, Sta1)]);

    [Fact]
    public void Handle_RejectionByTheUser_AwaitsTheClosingUntilArtimExpires() =>
        AssertWalk(AssociationRole.Acceptor, [(Evt5, Sta2), (Evt6, Sta3), (Evt8, Sta13), (Evt18, Sta1)]);

    [Fact]
    public void Handle_RejectionByTheProvider_NeverAsksTheUser()
    {
        var machine = Walked(AssociationRole.Acceptor, [Evt5]);

        var transition = machine.Handle(Evt6, acceptable: false);

        Assert.Equal(Sta13, transition.Next);
        Assert.False(transition.Effects.HasFlag(UpperLayerEffects.IndicateAssociate));
    }

    [Fact]
    public void Handle_AbortByThePeer_EndsIdleAtOnce() =>
        AssertWalk(AssociationRole.Acceptor, [(Evt5, Sta2), (Evt6, Sta3), (Evt7, Sta6), (Evt16, Sta1)]);

    [Fact]
    public void Handle_AbortByTheUser_AwaitsTheClosing() =>
        AssertWalk(AssociationRole.Requestor, [(Evt1, Sta4), (Evt2, Sta5), (Evt3, Sta6), (Evt15, Sta13), (Evt10, Sta13), (Evt17, Sta1)]);

    [Fact]
    public void Handle_Point8GarbageBeforeTheAssociation_IsAbortedAsServiceUser()
    {
        var machine = Walked(AssociationRole.Acceptor, [Evt5]);

        Assert.Equal(UpperLayerAction.AA1, machine.Handle(Evt19).Action);
        Assert.Equal(UpperLayerAction.AA7, machine.Handle(Evt19).Action);
        Assert.Equal(UpperLayerAction.AR5, machine.Handle(Evt17).Action);
        Assert.Equal(Sta1, machine.State);
    }

    [Fact]
    public void Handle_Point34SecondRequestOnAnAssociation_IsAbortedAsServiceProvider() =>
        Assert.Equal(UpperLayerAction.AA8, Walked(AssociationRole.Acceptor, [Evt5, Evt6, Evt7]).Handle(Evt6).Action);

    [Fact]
    public void Handle_Point46DataAfterOurReleaseRequest_IsIndicated() =>
        Assert.Equal(UpperLayerAction.AR6, Walked(AssociationRole.Requestor, [Evt1, Evt2, Evt3, Evt11]).Handle(Evt10).Action);

    [Fact]
    public void Handle_AnyEvent_AllocatesNothing()
    {
        var machine = Walked(AssociationRole.Acceptor, [Evt5, Evt6, Evt7]);

        Assert.Equal(0, Allocations.LeastOf(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                machine.Handle(Evt10);
                machine.Handle(Evt7);
            }
        }));
    }

    private static UpperLayerMachine Walked(AssociationRole role, UpperLayerEvent[] path)
    {
        var machine = new UpperLayerMachine(role);
        foreach (var evt in path)
        {
            machine.Handle(evt);
        }

        return machine;
    }

    private static void AssertWalk(AssociationRole role, (UpperLayerEvent Event, UpperLayerState Next)[] steps)
    {
        var machine = new UpperLayerMachine(role);
        foreach (var (evt, next) in steps)
        {
            Assert.NotEqual(UpperLayerAction.None, machine.Handle(evt).Action);
            Assert.Equal(next, machine.State);
        }
    }

    private static UpperLayerState ExpectedNext(string action, UpperLayerState state, AssociationRole role) => action switch
    {
        "None" => state,
        "AE6" => Sta3,
        "AR8" => role is AssociationRole.Requestor ? Sta9 : Sta10,
        _ => (UpperLayerState)Table9Dash10.NextState[action],
    };
}
