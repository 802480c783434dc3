namespace Dicom.Net.Interop.Tests.Support;

/// <summary>Tests that keep every processor busy for long: they run when all others are done.</summary>
[CollectionDefinition(nameof(TakesTheWholeMachine), DisableParallelization = true)]
public sealed class TakesTheWholeMachine;
