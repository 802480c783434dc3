namespace Dicom.Net.UpperLayer;

/// <summary>
/// The protocol machine of one association (PS3.8 §9.2), without I/O.
/// </summary>
/// <remarks>
/// <para>Rule 1: whatever happens to an association becomes an event and goes through <see cref="Handle"/>, one at a time.</para>
/// <para>Rule 2: the driver carries out the effects of a transition before it brings the next event.</para>
/// <para>Rule 3: a blank cell changes nothing. For a local event it is the caller's mistake (an A-RELEASE request on an association that
/// is not established); for another event it is a late echo that the driver drops (a timer that expired while it was being stopped).</para>
/// <para>Rule 4: in Sta1 there is no connection. Where the transition has no CloseTransport, the peer has closed already, and the driver
/// only gives its end back.</para>
/// </remarks>
internal sealed class UpperLayerMachine(AssociationRole role)
{
    /// <summary>The present state; Sta1 at first.</summary>
    public UpperLayerState State { get; private set; } = UpperLayerState.Sta1;

    /// <summary>Whether the table has an action for the event in the present state.</summary>
    public bool CanHandle(UpperLayerEvent evt) => UpperLayerTable.Lookup(evt, State) is not UpperLayerAction.None;

    /// <summary>Takes the event, moves to the next state, and says what is to be done.</summary>
    /// <param name="evt">What has happened.</param>
    /// <param name="acceptable">For Evt6 in Sta2 only: whether the service-provider can take the A-ASSOCIATE-RQ.</param>
    /// <returns>The transition; its action is None, and the state unchanged, where the table's cell is blank.</returns>
    public UpperLayerTransition Handle(UpperLayerEvent evt, bool acceptable = true)
    {
        var action = UpperLayerTable.Lookup(evt, State);
        if (action is UpperLayerAction.None)
        {
            return new(UpperLayerAction.None, UpperLayerEffects.None, State);
        }

        var transition = UpperLayerActions.Perform(action, role, acceptable);
        State = transition.Next;
        return transition;
    }
}
