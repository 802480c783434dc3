namespace Dicom.Net.Tests.Support;

/// <summary>One call to an association's handler: the name without On and Async, and what was handed over.</summary>
internal sealed record HandlerCall(string Name, object? Value = null);
