using System.Text.Json;

namespace Dicom.Net.Benchmarks.Serving;

/// <summary>What a process tells of its managed memory.</summary>
/// <param name="Live">Bytes of objects that are in use, after a full collection.</param>
/// <param name="Allocated">Bytes allocated since the process began.</param>
internal sealed record MemoryFigures(long Live, long Allocated)
{
    /// <summary>What is written to stdin of our server to have the figures printed, as one line of JSON.</summary>
    public const string Question = "memory";

    // The allocations are read first: the collection has some of its own.
    public static MemoryFigures OfThisProcess()
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        return new(GC.GetTotalMemory(forceFullCollection: true), allocated);
    }

    public static MemoryFigures Parse(string line) => JsonSerializer.Deserialize<MemoryFigures>(line)
        ?? throw new BenchmarkException($"This is no answer to `{Question}`: {line}");

    /// <summary>
    /// Answers until stdin ends. On a thread of its own, since a read cannot be cancelled; not where stdin is a terminal, which stops
    /// a process in the background that reads from it.
    /// </summary>
    public static void AnswerOnStandardInput()
    {
        if (Console.IsInputRedirected)
        {
            new Thread(Answer) { IsBackground = true }.Start();
        }
    }

    private static void Answer()
    {
        while (Console.ReadLine() is { } line)
        {
            Console.WriteLine(line == Question ? JsonSerializer.Serialize(OfThisProcess()) : $"Unknown: {line}. Known: {Question}.");
        }
    }
}
