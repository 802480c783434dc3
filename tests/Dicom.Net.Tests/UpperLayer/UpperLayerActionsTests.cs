using Dicom.Net.UpperLayer;
using static Dicom.Net.UpperLayer.UpperLayerEffects;

namespace Dicom.Net.Tests.UpperLayer;

public class UpperLayerActionsTests
{
    [Theory]
    [InlineData("AE1", Connect)]
    [InlineData("AE2", SendAssociateRq)]
    [InlineData("AE3", ConfirmAccept)]
    [InlineData("AE4", ConfirmReject | CloseTransport)]
    [InlineData("AE5", AcceptTransport | StartArtim)]
    [InlineData("AE7", SendAssociateAc)]
    [InlineData("AE8", SendAssociateRj | StartArtim)]
    [InlineData("DT1", SendPData)]
    [InlineData("DT2", IndicateData)]
    [InlineData("AR1", SendReleaseRq)]
    [InlineData("AR2", IndicateRelease)]
    [InlineData("AR3", ConfirmRelease | CloseTransport)]
    [InlineData("AR4", SendReleaseRp | StartArtim)]
    [InlineData("AR5", StopArtim)]
    [InlineData("AR6", IndicateData)]
    [InlineData("AR7", SendPData)]
    [InlineData("AR9", SendReleaseRp)]
    [InlineData("AR10", ConfirmRelease)]
    [InlineData("AA1", SendAbort | StartArtim)]
    [InlineData("AA2", StopArtim | CloseTransport)]
    [InlineData("AA3", IndicateAbort | CloseTransport)]
    [InlineData("AA4", IndicateProviderAbort)]
    [InlineData("AA5", StopArtim)]
    [InlineData("AA6", None)]
    [InlineData("AA7", SendProviderAbort)]
    [InlineData("AA8", SendProviderAbort | IndicateProviderAbort | StartArtim)]
    internal void Perform_ActionWithOneOutcome_HasTheEffectsAndNextStateOfItsTable(string name, UpperLayerEffects effects)
    {
        var action = Enum.Parse<UpperLayerAction>(name);
        var expected = new UpperLayerTransition(action, effects, (UpperLayerState)Table9Dash10.NextState[name]);

        foreach (var role in Enum.GetValues<AssociationRole>())
        {
            Assert.Equal(expected, UpperLayerActions.Perform(action, role, acceptable: true));
            Assert.Equal(expected, UpperLayerActions.Perform(action, role, acceptable: false));
        }
    }

    [Theory]
    [InlineData(true, StopArtim | IndicateAssociate, UpperLayerState.Sta3)]
    [InlineData(false, StopArtim | SendAssociateRj | StartArtim, UpperLayerState.Sta13)]
    internal void Perform_AE6_DependsOnTheProvidersJudgement(bool acceptable, UpperLayerEffects effects, UpperLayerState next) =>
        Assert.Equal(
            new(UpperLayerAction.AE6, effects, next),
            UpperLayerActions.Perform(UpperLayerAction.AE6, AssociationRole.Acceptor, acceptable));

    [Theory]
    [InlineData(AssociationRole.Requestor, UpperLayerState.Sta9)]
    [InlineData(AssociationRole.Acceptor, UpperLayerState.Sta10)]
    internal void Perform_AR8_DependsOnTheRole(AssociationRole role, UpperLayerState next) =>
        Assert.Equal(
            new(UpperLayerAction.AR8, IndicateRelease, next),
            UpperLayerActions.Perform(UpperLayerAction.AR8, role, acceptable: true));

    [Fact]
    public void Perform_Point62EveryTransition_StartsArtimForSta2AndSta13Only()
    {
        // PS3.8 §9.1.5, point 62: no action starts the timer for any other state.
        foreach (var action in Enum.GetValues<UpperLayerAction>().Skip(1))
        {
            var (_, effects, next) = UpperLayerActions.Perform(action, AssociationRole.Requestor, acceptable: false);
            if (effects.HasFlag(StartArtim))
            {
                Assert.True(next is UpperLayerState.Sta2 or UpperLayerState.Sta13, $"{action}");
            }
        }
    }

    [Fact]
    public void Effects_InTheOrderOfTheirBits_StopTheTimerFirstAndCloseLast()
    {
        var flags = Enum.GetValues<UpperLayerEffects>().Order().ToArray();

        Assert.Equal(None, flags[0]);
        Assert.Equal(StopArtim, flags[1]);
        Assert.Equal(CloseTransport, flags[^1]);
        Assert.All(Named("Send"), flag => Assert.True(flag < StartArtim));
        Assert.All(Named("Indicate"), flag => Assert.True(flag > StartArtim));
        Assert.All(Named("Confirm"), flag => Assert.True(flag > StartArtim));

        IEnumerable<UpperLayerEffects> Named(string prefix)
        {
            var named = flags.Where(flag => $"{flag}".StartsWith(prefix, StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(named);
            return named;
        }
    }
}
