namespace Dicom.Net.Associations;

/// <summary>How a connection ended.</summary>
/// <param name="Kind">The kind of end.</param>
/// <param name="Error">The exception behind it, where there is one.</param>
public readonly record struct AssociationEnd(AssociationEndKind Kind, Exception? Error = null);
