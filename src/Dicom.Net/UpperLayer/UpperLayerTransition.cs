namespace Dicom.Net.UpperLayer;

/// <summary>One step of the machine: the action of the cell, what the driver must do for it, and the state that follows.</summary>
/// <param name="Action">The action; <see cref="UpperLayerAction.None"/> where the table's cell is blank.</param>
/// <param name="Effects">What the driver carries out, from the lowest bit to the highest.</param>
/// <param name="Next">The state after the action; the present one where the cell is blank.</param>
internal readonly record struct UpperLayerTransition(UpperLayerAction Action, UpperLayerEffects Effects, UpperLayerState Next);
