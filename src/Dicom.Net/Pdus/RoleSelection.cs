namespace Dicom.Net.Pdus;

/// <summary>The roles of the requestor for one SOP Class: proposed in a request, granted in an answer (PS3.7 §D.3.3.4).</summary>
/// <param name="SopClassUid">The SOP Class or Meta SOP Class.</param>
/// <param name="ScuRole">Whether the requestor is to be its SCU.</param>
/// <param name="ScpRole">Whether the requestor is to be its SCP.</param>
public sealed record RoleSelection(string SopClassUid, bool ScuRole, bool ScpRole);
