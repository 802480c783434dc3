using Xunit;

// Memory, buffers and time are measured: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
