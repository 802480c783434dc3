using Dicom.Net.UpperLayer;

namespace Dicom.Net.Tests.UpperLayer;

public class UpperLayerTableTests
{
    [Fact]
    public void Lookup_EveryCell_AgreesWithTheSecondTranscription()
    {
        var filled = 0;
        for (var evt = 1; evt <= UpperLayerTable.EventCount; evt++)
        {
            for (var state = 1; state <= UpperLayerTable.StateCount; state++)
            {
                var action = UpperLayerTable.Lookup((UpperLayerEvent)evt, (UpperLayerState)state);
                filled += action is UpperLayerAction.None ? 0 : 1;
                Assert.True(action.ToString() == Table9Dash10.ActionOf(evt, state), $"Evt{evt}, Sta{state}: {action}");
            }
        }

        Assert.Equal(123, filled);
    }

    [Fact]
    public void Enumerations_AreAsLongAsTheTable()
    {
        Assert.Equal(UpperLayerTable.StateCount, Enum.GetValues<UpperLayerState>().Length);
        Assert.Equal(UpperLayerTable.EventCount, Enum.GetValues<UpperLayerEvent>().Length);
        Assert.Equal(Table9Dash10.NextState.Count, Enum.GetValues<UpperLayerAction>().Length - 1);
    }

    [Fact]
    public void Lookup_EveryPduInSta13ButAbort_NeverLeadsOutOfIt()
    {
        foreach (var evt in (int[])[3, 4, 6, 10, 12, 13, 19])
        {
            var action = UpperLayerTable.Lookup((UpperLayerEvent)evt, UpperLayerState.Sta13);
            Assert.Equal(UpperLayerState.Sta13, UpperLayerActions.Perform(action, AssociationRole.Acceptor, acceptable: true).Next);
        }
    }
}
