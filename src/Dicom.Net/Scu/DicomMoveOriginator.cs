namespace Dicom.Net;

/// <summary>The C-MOVE that a C-STORE is a sub-operation of (PS3.7 §9.1.1.1).</summary>
/// <param name="Title">Move Originator Application Entity Title: who asked for it.</param>
/// <param name="MessageID">Move Originator Message ID: of the C-MOVE-RQ, 0 to 65535.</param>
public sealed record DicomMoveOriginator(string Title, int MessageID);
