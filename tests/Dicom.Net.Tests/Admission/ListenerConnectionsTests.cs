using System.Net;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Admission;

public sealed class ListenerConnectionsTests
{
    [Fact]
    public void Enter_MoreThanMayBeWithoutAssociation_CrowdsOutTheOldest()
    {
        var all = new ListenerConnections(new() { MaximumUnassociatedConnections = 2 });
        var first = Enter(all);
        var second = Enter(all);

        var third = all.Enter(new NoConnection(1), out var crowdedOut);

        Assert.Same(first, crowdedOut);
        all.Enter(new NoConnection(1), out crowdedOut);
        Assert.Same(second, crowdedOut);
        Assert.Null(third.Associate("SCU"));
        Assert.Equal((1, 1), (all.Unassociated, all.Associations));
    }

    [Fact]
    public void Dissociate_ConnectionThatStandsOn_IsTheNewestAmongThoseWithout()
    {
        var all = new ListenerConnections(new() { MaximumUnassociatedConnections = 2 });
        var first = Enter(all);
        var second = Enter(all);
        first.Associate("SCU");
        first.Dissociate();

        all.Enter(new NoConnection(1), out var crowdedOut);

        Assert.Same(second, crowdedOut);
    }

    [Fact]
    public void Associate_AfterItWasCrowdedOut_CountsNowhere()
    {
        var all = new ListenerConnections(new() { MaximumUnassociatedConnections = 1, MaximumAssociations = 1 });
        var first = Enter(all);
        Enter(all);

        Assert.Null(first.Associate("SCU"));
        Assert.Equal((1, 0), (all.Unassociated, all.Associations));
        first.Dissociate();
        first.Leave();
        Assert.Equal((1, 0), (all.Unassociated, all.Associations));
    }

    [Fact]
    public void Leave_Twice_GivesThePlaceBackOnce()
    {
        var all = new ListenerConnections(new() { MaximumAssociationsPerAddress = 2 });
        var first = Enter(all);
        var second = Enter(all);
        first.Associate("SCU");
        second.Associate("SCU");

        first.Leave();
        first.Dissociate();
        first.Leave();

        Assert.Equal((0, 1), (all.Unassociated, all.Associations));
        Assert.Null(Enter(all).Associate("SCU"));
        Assert.NotNull(Enter(all).Associate("SCU"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Counts_AfterAnyOrderOfEvents_AreThoseOfTheConnections(int seed)
    {
        var random = new Random(seed);
        var limits = new DicomNetLimits { MaximumAssociationsPerAddress = 5, MaximumAssociationsPerCallingTitle = 4, MaximumAssociations = 9 };
        var all = new ListenerConnections(limits);
        List<ListenerConnection> present = [];
        for (var i = 0; i < 20_000; i++)
        {
            if (random.Next(4) == 0 || present.Count == 0)
            {
                present.Add(all.Enter(new NoConnection((byte)random.Next(1, 4)), out _));
            }

            var one = present[random.Next(present.Count)];
            Act(random, one, present);
            var associated = present.Where(connection => connection.State == ListenerConnection.Standing.Associated).ToList();
            Assert.Equal((present.Count - associated.Count, associated.Count), (all.Unassociated, all.Associations));
            Assert.InRange(associated.Count, 0, 9);
            Assert.All(associated.CountBy(connection => connection.Host), count => Assert.InRange(count.Value, 1, 5));
            Assert.All(associated.CountBy(connection => connection.CallingTitle), count => Assert.InRange(count.Value, 1, 4));
        }

        present.ForEach(connection => connection.Leave());
        Assert.Equal((0, 0), (all.Unassociated, all.Associations));
    }

    private static void Act(Random random, ListenerConnection one, List<ListenerConnection> present)
    {
        switch (random.Next(4))
        {
            case 0 or 1:
                one.Associate($"SCU{random.Next(3)}");
                break;
            case 2:
                one.Dissociate();
                break;
            default:
                one.Leave();
                present.Remove(one);
                break;
        }
    }

    private static ListenerConnection Enter(ListenerConnections all)
    {
        var entered = all.Enter(new NoConnection(1), out var crowdedOut);
        Assert.True(crowdedOut is null || crowdedOut != entered);
        return entered;
    }

    private sealed class NoConnection(byte lastByte) : AddressOnlyConnection(new(new IPAddress([192, 0, 2, lastByte]), 50000));
}
