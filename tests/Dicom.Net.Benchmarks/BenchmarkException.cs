namespace Dicom.Net.Benchmarks;

/// <summary>Something that a measurement needs is missing or has failed; the message says what, and what to do.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
